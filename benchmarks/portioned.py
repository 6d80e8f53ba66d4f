"""A worker whose LibreTranslate is others' and takes another number of texts a request, as other engines do.

python -m benchmarks.portioned TEXTS
"""

import sys
from dataclasses import replace

from review_app.cli import main
from review_app.engines import libretranslate
from review_app.engines.contract import Terms


def of_others(_address: str, _own_hosts: object, own: Terms) -> Terms:
    """Return the terms of a machine that others run: each request is kept by itself, and what is personal masked."""
    return replace(own, most_texts=int(sys.argv[1]), local=False)


if __name__ == "__main__":
    libretranslate.terms_at = of_others
    main(["worker"], prog_name="review-app")
