"""Finding the page of an address in two queries, however deep it stands.

Wagtail walks down the tree, one query a level. Our pages have no routes of their own, so the address
says all; what is not found goes Wagtail's way, which knows redirects and 404.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from audit_pages.publishing.readers import visible_to


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at this address, through all of Wagtail's hooks."""
    page = _page_at(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def is_closed_at(user: Any, path: str) -> bool:
    """Whether there is a page at this address which this person may not read, or which is not live."""
    for url_path in _url_paths(path):
        pages = Page.objects.filter(url_path=url_path)
        if pages.exists():
            return not visible_to(user, pages).exists()
    return False


def _url_paths(path: str) -> Iterator[str]:
    """The address in the tree of each site."""
    for root in Site.get_site_root_paths():
        yield root.root_path + (f"{path.strip('/')}/" if path.strip("/") else "")


def _page_at(path: str) -> Page | None:
    for url_path in _url_paths(path):
        found = Page.objects.live().filter(url_path=url_path).values_list("pk", "content_type_id")
        for page_id, content_type_id in found[:1]:
            kind = ContentType.objects.get_for_id(content_type_id)
            return kind.get_object_for_this_type(pk=page_id)
    return None
