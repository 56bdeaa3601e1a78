"""Reads of packs for lists, menus and the forms that begin one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.models import Page

from audit_pages.models import QuarterlyLearningPage
from audit_pages.packs.content import (
    FOR_SOME,
    State,
    is_closed_to_some,
    paths_closed_to_some,
    slides_of,
    state_of,
)
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.permissions import packs_visible_to, user_can_make_packs
from audit_pages.packs.prompts import prompt_for
from audit_pages.publishing.readers import visible_to
from learning.prepared import PreparedRead
from learning.vocabulary.models import Theme


def packs_for(user: Any) -> tuple[list[Pack], list[Pack]]:
    """One's own packs, and those of colleagues who shared them; each with `slide_count`."""
    kept = Q(slides__removed_at=None)
    packs: QuerySet[Any] = (
        packs_visible_to(user)
        .select_related("owner")
        .annotate(slide_count=Count("slides", filter=kept, distinct=True))
        .order_by("-changed_at", "-pk")
    )
    own = [pack for pack in packs if pack.owner_id == user.pk]
    return own, [pack for pack in packs if pack.owner_id != user.pk]


def packs_to_add_to(user: Any) -> list[dict[str, Any]]:
    """`id` and `title` of one's own packs that were changed last, for the menu beside a page; one query
    a request, however many buttons a page has."""
    if not hasattr(user, "_packs_to_add_to"):
        mine = _newest_packs_of.ask(user.pk) if user_can_make_packs(user) else []
        user._packs_to_add_to = [{"id": pk, "title": title} for pk, title in mine]
    return user._packs_to_add_to


@PreparedRead
def _newest_packs_of(owner: Any) -> QuerySet[Any, Any]:
    return Pack.objects.filter(owner=owner).values_list("pk", "title")[:15]


def quarters_to_choose(user: Any) -> list[str]:
    """Quarters with published learning that this person may read, the newest first."""
    pages = visible_to(user, QuarterlyLearningPage.objects.all())
    return list(pages.order_by("-quarter").values_list("quarter", flat=True).distinct())


def themes_to_choose() -> QuerySet[Theme]:
    return Theme.objects.filter(is_active=True)


@dataclass(frozen=True)
class Step:
    """A slide as the builder lists it: what it is and whether it can be shown, without its page's text."""

    slide: Slide
    state: State
    title: str
    label: str
    prompt: str
    number: int

    @property
    def is_flagged(self) -> bool:
        return self.state is not State.SHOWN


def steps_of(pack: Pack, user: Any) -> list[Step]:
    """The pack's slides as the builder lists them, in a few queries however many there are."""
    slides = list(slides_of(pack))
    wanted = {slide.page_id for slide in slides if slide.page_id}
    pages = {page.pk: page for page in visible_to(user, Page.objects.filter(pk__in=wanted))}
    live = set(
        Page.objects.filter(pk__in=wanted - set(pages), live=True).values_list("pk", flat=True)
    )
    closed = paths_closed_to_some() if pages else []
    for_some = {pk for pk, page in pages.items() if is_closed_to_some(page, closed)}
    return [_step(slide, place, pages, live, for_some) for place, slide in enumerate(slides, 1)]


def _step(
    slide: Slide, number: int, pages: dict[int, Page], live: set[int], for_some: set[int]
) -> Step:
    state = state_of(slide, pages, live)
    page = pages.get(slide.page_id or 0)
    label = _label(slide, page)
    if slide.page_id in for_some:
        label = f"{label}, {FOR_SOME}"
    title = slide.heading or _named_by(slide, page)
    if state is not State.SHOWN:
        title = state.words
    return Step(slide, state, title, label, prompt_for(slide.kind), number)


def _named_by(slide: Slide, page: Page | None) -> str:
    if slide.kind == Slide.Kind.ITEM and page:
        return page.title
    if slide.kind == Slide.Kind.TREND and slide.theme:
        return f"How often it came up: {slide.theme.label}"
    return slide.get_kind_display()


def _label(slide: Slide, page: Page | None) -> str:
    """What the slide is made from, in a few words."""
    if page is None:
        return "Trend" if slide.kind == Slide.Kind.TREND else ""
    kind = page.specific_class.kind_label
    return kind if slide.kind == Slide.Kind.ITEM else f"From {kind.lower()}: {page.title}"
