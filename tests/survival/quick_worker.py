"""The worker as ``review-app worker`` runs it, but quicker to notice that another has died.

python -m tests.survival.quick_worker SECONDS
"""

import sys
from datetime import timedelta

from review_app.cli.installation import open_installation
from review_app.cli.worker import work
from review_app.jobs.states import Pace

if __name__ == "__main__":
    opened = open_installation()
    work(opened.settings, opened.database, Pace(timedelta(seconds=float(sys.argv[1]))))
