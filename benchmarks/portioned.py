"""A worker whose LibreTranslate takes another number of texts a request, as other engines do.

python -m benchmarks.portioned TEXTS
"""

import sys
from dataclasses import replace

from review_app.cli import main
from review_app.engines.libretranslate import LibreTranslate

if __name__ == "__main__":
    LibreTranslate.terms = replace(LibreTranslate.terms, most_texts=int(sys.argv[1]))
    main(["worker"], prog_name="review-app")
