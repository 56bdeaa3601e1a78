"""Packs as files and on paper: every item is checked again at the moment it is taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify

from audit_pages.packs import services
from audit_pages.packs.content import shown_slides
from audit_pages.packs.deck.build import build_deck, demo_notice
from audit_pages.packs.guards import crumbs, readers_only
from audit_pages.packs.models import Pack
from audit_pages.packs.permissions import packs_visible_to
from audit_pages.packs.printed import sheets_of
from audit_pages.packs.selectors import Step, steps_of

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@readers_only
def download_powerpoint(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The file; first a page that names what cannot be shown, if the person has not read that yet."""
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    flagged = [step for step in steps_of(pack, request.user) if step.is_flagged]
    known = request.GET.get("without", "").split(".")
    if any(str(step.slide.pk) not in known for step in flagged):
        return _tell_first(request, pack, flagged)
    base_url = request.build_absolute_uri("/")
    content = build_deck(pack=pack, taken_by=request.user, base_url=base_url)
    services.record_download(pack=pack, taken_by=request.user)
    name = slugify(pack.title)[:60] or "pack"
    return HttpResponse(
        content,
        content_type=POWERPOINT,
        headers={"Content-Disposition": f'attachment; filename="{name}.pptx"'},
    )


def _tell_first(request: HttpRequest, pack: Pack, flagged: list[Step]) -> HttpResponse:
    known = ".".join(str(step.slide.pk) for step in flagged)
    context = {
        "pack": pack,
        "flagged": flagged,
        "go_on_url": f"{request.path}?without={known}",
        "breadcrumbs": crumbs(pack),
    }
    return render(request, "audit_pages/packs/before_download.html", context)


@readers_only
def show_printable(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The whole pack on one page, a block for each slide with its notes."""
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    shown = shown_slides(pack, request.user)
    services.record_download(pack=pack, taken_by=request.user)
    context = {
        "pack": pack,
        "sheets": sheets_of(shown),
        "flagged": [one for one in shown if one.is_flagged],
        "taken_at": timezone.localtime(),
        "demo_notice": demo_notice(),
        "breadcrumbs": crumbs(pack),
    }
    return render(request, "audit_pages/packs/print.html", context)
