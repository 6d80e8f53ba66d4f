"""``python -m fxtranslate models add SOURCE TARGET --cache-dir FOLDER``, as the variable ``STANDIN`` says."""

import json
import os
import sys
import time
from pathlib import Path

asked = json.loads(os.environ["STANDIN"])
assert sys.argv[1:3] == ["models", "add"]
source, target, option, folder = sys.argv[3:]
assert option == "--cache-dir"
for name, files in asked["writes"].items():
    place = Path(folder) / name
    place.mkdir(exist_ok=True)
    for file, content in files.items():
        (place / file).write_text(content, "utf-8")
time.sleep(asked.get("sleeps", 0))
if "fails" in asked:
    print(f"  downloading\nfxtranslate: {asked['fails']}", file=sys.stderr)
    sys.exit(1)
