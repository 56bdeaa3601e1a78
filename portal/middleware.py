"""What every request is asked, and the headers that every answer carries."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from portal import errors, serving
from portal.permissions import Door, is_left_ajar, lets_in, opener_of, opener_of_bulk


class ContentSecurityMiddleware(CSPMiddleware):
    """Strict outside; below /admin/ the editor's inline code is let through, and nowhere else."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _is_desk(request):
            setattr(response, "_csp_update", settings.ADMIN_CONTENT_SECURITY_POLICY)  # noqa: B010
        return super().process_response(request, response)


class NullCharacterMiddleware:
    """Refuses a request that holds a null character: no keyboard makes one, and PostgreSQL takes it
    nowhere, so that each filter and each form would have to look for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in _texts_of(request)):
            return errors.null_character(request)
        return self.get_response(request)


def _texts_of(request: HttpRequest) -> Iterator[str]:
    """Path, cookies, and names and values of the query string and of a form; never a file's content."""
    yield request.path
    yield from request.COOKIES.values()
    for fields in (request.GET, _form_of(request)):
        for name, values in fields.lists():
            yield name
            yield from (str(value) for value in values)


def _form_of(request: HttpRequest) -> QueryDict:
    """The fields of a form that was sent; none when the sender hung up half-way."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


class PrivateResponsesMiddleware:
    """Pages for a signed-in person are kept by no cache, shared laptops' back buttons included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def _is_desk(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/")


class LeftAjarMiddleware:
    """Holds addresses that Wagtail opens to the whole editors' desk to the permission matrix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuses with 403; whoever is not signed in is sent to sign in by the view itself."""
        url_name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated:
            return
        opener = opener_of(url_name)
        if _is_desk(request) and opener is not Door.SIGNED_IN and not request.user.has_desk:
            raise PermissionDenied("the editors' desk is not open to this person's roles")
        if not is_left_ajar(url_name):
            return
        if url_name == "wagtail_bulk_action":
            opener = opener_of_bulk(kwargs["app_label"], kwargs["model_name"])
        if opener is None or not lets_in(opener, request.user):
            raise PermissionDenied(f"{url_name} is not open to this person's roles")


class MovedPageMiddleware(RedirectMiddleware):
    """Sends readers on to where a page has moved; nobody learns the new address of a page that is
    withdrawn or closed to them, since it is made of the title's words."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = super().process_response(request, response)
        if answer is response or not serving.is_closed_at(request.user, _path_of(answer)):
            return answer
        return response


def _path_of(answer: HttpResponseBase) -> str:
    """The path that a redirect leads to."""
    return unquote(urlsplit(answer["Location"]).path)


class IdleSessionMiddleware:
    """A session ends after SESSION_COOKIE_AGE without a request, not that long after signing in.

    The row is written again every few minutes at most, so that reading costs no writes.
    """

    REFRESH_SECONDS = 300

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("seen_at", 0) > self.REFRESH_SECONDS:
                request.session["seen_at"] = now
        return self.get_response(request)
