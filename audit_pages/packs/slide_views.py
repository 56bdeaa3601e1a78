"""Putting slides into a pack, writing them, and ordering them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.models import Page

from audit_pages.models import ThemePage
from audit_pages.packs import services
from audit_pages.packs.characters import writable
from audit_pages.packs.content import is_packable, item_of, paths_closed_to_some
from audit_pages.packs.forms import AddSlideForm, SlideForm
from audit_pages.packs.guards import (
    ask_first,
    crumbs,
    makers_only,
    number_or_404,
    own_pack,
    own_slide,
)
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.prompts import prompt_for
from audit_pages.packs.wording import marks_of_slide
from audit_pages.publishing.readers import visible_to
from learning.vocabulary.models import Theme

FULL = (
    f"A pack holds {services.MOST_SLIDES} slides, and this one is full. Take something out first."
)


@require_POST
@makers_only
def add_to_pack(request: HttpRequest) -> HttpResponse:
    """From a page: put it, or a theme's trend, into one of one's packs or into a new one."""
    adding, arguments, back = _what_to_add(request)
    pack = _chosen_pack(request)
    try:
        slide, is_new = adding(pack=pack, **arguments)
    except services.PackIsFull:
        messages.error(request, FULL)
        return redirect(back)
    messages.success(request, _added_words(slide, is_new))
    return redirect(back)


def _what_to_add(request: HttpRequest) -> tuple[Any, dict[str, Any], str]:
    """The step, what it takes, and the page to return to. 404 for what this person may not read."""
    code = writable(request.POST.get("trend", ""))
    if code:
        theme = get_object_or_404(Theme, code=code, is_active=True)
        page = visible_to(request.user, ThemePage.objects.filter(theme=theme)).first()
        back = page.get_url() if page else reverse("audit_pages:packs:list")
        return services.add_trend, {"theme": theme}, back
    page_id = number_or_404(request.POST.get("page", ""))
    page = get_object_or_404(visible_to(request.user, Page.objects.all()), pk=page_id)
    if not is_packable(page.specific_deferred):
        raise Http404
    return services.add_page, {"page": page}, page.specific_deferred.get_url() or "/"


def _chosen_pack(request: HttpRequest) -> Pack:
    chosen = request.POST.get("pack", "new")
    if chosen == "new":
        return services.start_pack(owner=request.user)
    return own_pack(request, number_or_404(chosen))


def _added_words(slide: Slide, is_new: bool) -> str:
    """What happened, with the way to the pack and the way back."""
    pack = slide.pack
    if not is_new:
        words = "This is already in <a href='{}'>{}</a>."
        return format_html(words, pack.get_absolute_url(), pack.title)
    undo = reverse("audit_pages:packs:remove", args=[pack.pk, slide.pk])
    words = "Added to <a href='{}'>{}</a>. <a href='{}'>Undo</a>"
    return format_html(words, pack.get_absolute_url(), pack.title, undo)


@require_POST
@makers_only
def add_written_slide(request: HttpRequest, pack_id: int) -> HttpResponse:
    """A step of the template or a slide of one's own, opened to be written at once."""
    pack = own_pack(request, pack_id)
    form = AddSlideForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        slide = services.add_slide(pack=pack, kind=form.cleaned_data["kind"])
    except services.PackIsFull:
        messages.error(request, FULL)
        return redirect(pack)
    return redirect("audit_pages:packs:slide", pack.pk, slide.pk)


@makers_only
def edit_slide(request: HttpRequest, pack_id: int, slide_id: int) -> HttpResponse:
    slide = own_slide(request, pack_id, slide_id, removed_at=None)
    page = visible_to(request.user, Page.objects.filter(pk=slide.page_id)).first()
    item = item_of(page.specific, request.user, paths_closed_to_some()) if page else None
    form = SlideForm(
        request.POST or None,
        instance=slide,
        parts=item.parts if item else [],
        default_heading=_default_heading(slide, item),
    )
    back_url = f"{slide.pack.get_absolute_url()}#{slide.anchor}"
    if form.is_valid():
        return redirect(request.path if marks_of_slide(form.save()) else back_url)
    marks = [] if form.is_bound else marks_of_slide(slide)
    context = {
        "form": form,
        "slide": slide,
        "item": item,
        "is_gone": slide.rests_on_page and item is None,
        "title": slide.heading or _default_heading(slide, item),
        "prompt": prompt_for(slide.kind),
        "marks": marks,
        "back_url": back_url,
        "breadcrumbs": crumbs(slide.pack),
    }
    return render(request, "audit_pages/packs/slide.html", context)


def _default_heading(slide: Slide, item: Any) -> str:
    if item and slide.kind == Slide.Kind.ITEM:
        return item.title
    if slide.kind == Slide.Kind.TREND and slide.theme:
        return f"How often it came up: {slide.theme.label}"
    return slide.get_kind_display()


@require_POST
@makers_only
def move(request: HttpRequest, pack_id: int, slide_id: int) -> HttpResponse:
    slide = own_slide(request, pack_id, slide_id, removed_at=None)
    places = {"up": -1, "down": 1, "first": -services.MOST_SLIDES, "last": services.MOST_SLIDES}
    direction = request.POST.get("to", "")
    if direction not in places:
        raise Http404
    services.move_slide(slide=slide, by=places[direction])
    return redirect(f"{slide.pack.get_absolute_url()}#{slide.anchor}")


@makers_only
def remove(request: HttpRequest, pack_id: int, slide_id: int) -> HttpResponse:
    """From the builder at once, with a way back; from a link, after a question."""
    slide = own_slide(request, pack_id, slide_id, removed_at=None)
    if request.method == "POST":
        services.remove_slide(slide=slide)
        return redirect(f"{slide.pack.get_absolute_url()}?removed={slide.pk}")
    return ask_first(
        request,
        slide.pack,
        title="Take this slide out of the pack?",
        text=f"It was put into “{slide.pack.title}”. The page itself stays as it is.",
        confirm_label="Take it out",
    )


@require_POST
@makers_only
def put_back(request: HttpRequest, pack_id: int, slide_id: int) -> HttpResponse:
    slide = own_slide(request, pack_id, slide_id, removed_at__isnull=False)
    try:
        services.put_back_slide(slide=slide)
    except services.PackIsFull:
        messages.error(request, FULL)
    return redirect(f"{slide.pack.get_absolute_url()}#{slide.anchor}")
