"""``python -m review_app`` is the command ``review-app``."""

from review_app.cli import main

main(prog_name="review-app")
