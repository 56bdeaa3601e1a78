"""Packs as files and on paper: every item is checked again at the moment it is taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify

from audit_pages.packs import services
from audit_pages.packs.content import shown_slides
from audit_pages.packs.deck.build import build_deck, demo_notice
from audit_pages.packs.forms import ReadAgainForm
from audit_pages.packs.guards import crumbs, readers_only
from audit_pages.packs.models import Pack
from audit_pages.packs.permissions import packs_visible_to
from audit_pages.packs.printed import sheets_of
from audit_pages.packs.selectors import Step, steps_of
from audit_pages.packs.wording import fingerprint_of, marked_in
from learning.access.taking import form_answer

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@readers_only
def download_powerpoint(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The file; first a page that names what cannot be shown and what to read again, if the person has not
    read that yet."""
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    steps = steps_of(pack, request.user)
    flagged = [step for step in steps if step.is_flagged]
    known = request.GET.get("without", "").split(".")
    unread = flagged if any(str(step.slide.pk) not in known for step in flagged) else []
    if asked := _ask_before(request, pack, steps, unread, without=flagged):
        return asked
    base_url = request.build_absolute_uri("/")
    content = build_deck(pack=pack, taken_by=request.user, base_url=base_url)
    services.record_download(pack=pack, taken_by=request.user)
    name = slugify(pack.title)[:60] or "pack"
    return HttpResponse(
        content,
        content_type=POWERPOINT,
        headers={"Content-Disposition": f'attachment; filename="{name}.pptx"'},
    )


def _ask_before(
    request: HttpRequest,
    pack: Pack,
    steps: list[Step],
    unread: list[Step],
    without: list[Step] | None = None,
) -> HttpResponse | None:
    """The page before a pack goes out; None once nothing is left to be read.

    Words that have to go keep the pack here; others need the tick of whoever takes it, given for these
    very words.
    """
    marked = marked_in(pack, steps)
    refused = [one for one in marked if one.has_to_change]
    known = ".".join(str(step.slide.pk) for step in without or [])
    form = None
    if marked and not refused:
        form = _read_again(request, fingerprint_of(marked), known)
        if form.is_valid():
            marked, form = [], None
    if not marked and not unread:
        return None
    context = {
        "pack": pack,
        "is_owner": pack.owner_id == request.user.pk,
        "flagged": unread,
        "marked": marked,
        "refused": refused,
        "form": form,
        "go_on_url": f"{request.path}?without={known}",
        "breadcrumbs": crumbs(pack),
    }
    return form_answer(request, "audit_pages/packs/before_download.html", context)


def _read_again(request: HttpRequest, words: str, without: str) -> ReadAgainForm:
    """The form, filled in only if it was about the words as they stand now."""
    sent = request.GET if request.GET.get("words") == words else None
    return ReadAgainForm(sent, initial={"words": words, "without": without})


@readers_only
def show_printable(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The whole pack on one page, a block for each slide with its notes; first what to read again."""
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    if asked := _ask_before(request, pack, steps_of(pack, request.user), unread=[]):
        return asked
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
