"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.navigation import footer_links, navigation, person_links


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's name, whether it is the fictional demo, and the menu."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_is_demo": settings.PORTAL_IS_DEMO,
        "hide_header_search": False,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "footer_links": footer_links(),
        "person_links": SimpleLazyObject(lambda: person_links(request)),
    }
