"""What every view of packs asks first, and the way back that every page of theirs shows."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.permissions import (
    packs_editable_by,
    user_can_make_packs,
    user_can_read_packs,
)


def only_those_who(question: Any) -> Any:
    """403 for people whose roles have no part in this (domain.md E7)."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not question(request.user):
                raise PermissionDenied("no role for packs")
            return view(request, *args, **kwargs)

        return asked

    return decorate


makers_only = only_those_who(user_can_make_packs)
readers_only = only_those_who(user_can_read_packs)


def number_or_404(value: str) -> int:
    """The number of a row that a form names. 404 for what cannot be one."""
    if not value.isdecimal() or len(value) > 18:
        raise Http404
    return int(value)


def own_pack(request: HttpRequest, pack_id: int) -> Pack:
    """404 for a pack that is not there, or not this person's to change."""
    return get_object_or_404(packs_editable_by(request.user), pk=pack_id)


def own_slide(request: HttpRequest, pack_id: int, slide_id: int, **state: Any) -> Slide:
    slides = Slide.objects.filter(pack__in=packs_editable_by(request.user), **state)
    return get_object_or_404(slides.select_related("pack", "theme"), pk=slide_id, pack=pack_id)


def crumbs(*packs: Pack) -> list[dict[str, str]]:
    """The way from home to a page about these packs."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "My packs", "url": reverse("audit_pages:packs:list")},
    ]
    return trail + [{"title": pack.title, "url": pack.get_absolute_url()} for pack in packs]


def ask_first(request: HttpRequest, pack: Pack, **question: Any) -> HttpResponse:
    """A page with one question; its button posts to the same address."""
    context = {
        **question,
        "action": request.path,
        "cancel_url": pack.get_absolute_url(),
        "breadcrumbs": crumbs(pack),
    }
    return render(request, "audit_pages/packs/confirm.html", context)
