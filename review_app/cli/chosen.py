"""What a command was told to work on."""

from review_app.errors import NotFound
from review_app.locale import N_
from review_app.sites.service import SiteView


def of_site(site: SiteView, language: str) -> SiteView:
    """Return a site if it is translated into a language; raises ``NotFound``."""
    if language not in site.languages:
        raise NotFound(
            N_("The site {site} is not translated into “{language}”. Add it: review-app site language"),
            site=site.slug,
            language=language,
        )
    return site
