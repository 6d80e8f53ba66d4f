"""What a browser calls itself, in the few words by which its owner knows it again."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found counts: most browsers also name those they resemble."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return browser and system, as in “Firefox, Windows”; nothing of what else the browser tells is kept."""
    found = (next((name for mark, name in kind if mark in user_agent), "") for kind in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
