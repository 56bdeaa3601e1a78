"""Finding the page of an address in two queries, however deep it stands.

Wagtail walks down the tree, one query a level. Our pages have no routes of their own, so the address
says all; what is not found goes Wagtail's way, which knows redirects and 404.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at this address, through all of Wagtail's hooks."""
    page = _page_at(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def _page_at(path: str) -> Page | None:
    for root in Site.get_site_root_paths():
        url_path = root.root_path + (f"{path.strip('/')}/" if path else "")
        found = Page.objects.live().filter(url_path=url_path).values_list("pk", "content_type_id")
        for page_id, content_type_id in found[:1]:
            model = ContentType.objects.get_for_id(content_type_id).model_class()
            return model._default_manager.get(pk=page_id)
    return None
