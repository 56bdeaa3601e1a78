"""Finding the page of an address in one query, or two for the first time, however deep it stands.

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


_kinds: dict[str, type[Page]] = {}
"""What kind of page stood at an address when it was last asked for: where to look first, no more."""
KINDS_KEPT = 10_000


def _page_at(path: str) -> Page | None:
    """The live page, as its own class; the database says each time whether it is there."""
    for url_path in _url_paths(path):
        page = _live_page(_kinds.get(url_path), url_path) or _live_page(
            _kind_at(url_path), url_path
        )
        if page is not None:
            return page
    return None


def _live_page(kind: type[Page] | None, url_path: str) -> Page | None:
    found = kind.objects.filter(live=True, url_path=url_path).order_by()[:1] if kind else ()
    return next(iter(found), None)


def _kind_at(url_path: str) -> type[Page] | None:
    """The class of the live page that stands there now, kept for the next time."""
    live = Page.objects.filter(live=True, url_path=url_path)
    for content_type_id in live.values_list("content_type_id", flat=True)[:1]:
        if len(_kinds) >= KINDS_KEPT:
            _kinds.clear()
        kind = ContentType.objects.get_for_id(content_type_id).model_class()
        _kinds[url_path] = kind or Page
        return _kinds[url_path]
    return None
