"""Headers that every answer carries."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from portal.permissions import is_left_ajar, lets_in, opener_of


class ContentSecurityMiddleware(CSPMiddleware):
    """Strict outside; below /admin/ the editor's inline code is let through, and nowhere else."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            setattr(response, "_csp_update", settings.ADMIN_CONTENT_SECURITY_POLICY)  # noqa: B010
        return super().process_response(request, response)


class PrivateResponsesMiddleware:
    """Pages for a signed-in person are kept by no cache, shared laptops' back buttons included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class LeftAjarMiddleware:
    """Holds addresses that Wagtail opens to the whole editors' desk to the permission matrix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuses with 403; whoever is not signed in is sent to sign in by the view itself."""
        url_name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated or not is_left_ajar(url_name):
            return
        opener = opener_of(url_name)
        if opener is None or not lets_in(opener, request.user):
            raise PermissionDenied(f"{url_name} is not open to this person's roles")
