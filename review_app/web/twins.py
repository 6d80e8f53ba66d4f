"""Addresses of the bench that stand once more under a job's, where an outside translator works. Pure."""

TWINS: dict[str, str] = {
    name: "outside." + name.replace(".", "_")
    for name in (
        "bulk.done",
        "bulk.take_back",
        "comments.add",
        "comments.decide",
        "going_back.bring_back",
        "going_back.fix",
        "going_back.merge",
        "going_back.take_back",
        "helping.show",
        "looking_up.show",
        "own_places.put_back",
        "own_places.set_apart",
        "own_places.show",
        "recutting.cut",
        "recutting.join",
        "recutting.show",
        "recutting.take_back",
        "repeats.fill_in",
        "repeats.show",
        "review.accept",
        "review.bench",
        "review.check",
        "review.decide_flag",
        "review.save",
        "review.segment",
        "review.submit",
        "window.flagged",
        "window.passages",
        "window.rows",
    )
}
"""By the name of a colleague's address, that of the same view for somebody who is lent its page."""
