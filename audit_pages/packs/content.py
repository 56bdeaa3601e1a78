"""What each slide of a pack shows to one person at this moment, read from the live pages."""

from collections.abc import Container
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from wagtail.models import Page, PageViewRestriction

from audit_pages.models import (
    FindingPage,
    ImportedFindingPage,
    LetterPage,
    PublishedPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
    ThemePage,
)
from audit_pages.packs.deck.paragraphs import Paragraph, bullet, of_html, plain, typed
from audit_pages.packs.models import Pack, Slide
from audit_pages.panels import TrendTable, trend_of
from audit_pages.publishing.readers import visible_to

PACKABLE = (
    FindingPage,
    LetterPage,
    SevenMinuteBriefingPage,
    ThemePage,
    QuarterlyLearningPage,
    ImportedFindingPage,
)


FOR_SOME = "for some colleagues only"
"""Said beside a page that is not open to all staff: whoever presents it chooses the room."""


class State(Enum):
    """Whether what a slide rests on can be shown to this person now."""

    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    NOT_FOR_YOU = "not_for_you"

    @property
    def words(self) -> str:
        return {
            State.SHOWN: "",
            State.WITHDRAWN: "This item has been withdrawn since it was put into the pack.",
            State.NOT_FOR_YOU: "This item is not available to you.",
        }[self]


@dataclass(frozen=True)
class Part:
    """One headed part of a page, as paragraphs."""

    anchor: str
    heading: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Item:
    """A page as a pack shows it."""

    page: PublishedPage
    kind: str
    label: str
    title: str
    summary: str
    facts: list[tuple[str, str]]
    parts: list[Part]
    quarter: str
    source: str
    url: str


@dataclass(frozen=True)
class ShownSlide:
    """A slide with everything that may be shown of it; nothing else of it is in here."""

    slide: Slide
    state: State
    heading: str
    label: str = ""
    own_text: list[Paragraph] = field(default_factory=list)
    item: Item | None = None
    trend: TrendTable | None = None
    notes: str = ""
    quarter: str = ""
    source: str = ""

    @property
    def is_flagged(self) -> bool:
        return self.state is not State.SHOWN


def is_packable(page: Page) -> bool:
    return isinstance(page, PACKABLE)


def shown_slides(pack: Pack, user: Any) -> list[ShownSlide]:
    """The pack's slides in order, each as this person may see it now."""
    slides = list(slides_of(pack))
    pages = _pages_for(user, slides)
    live = _live_ids(slides, pages)
    closed = paths_closed_to_some() if pages else []
    items = {pk: item_of(page, user, closed) for pk, page in pages.items()}
    return [_shown(pack, slide, user, items, live) for slide in slides]


def paths_closed_to_some() -> list[str]:
    """Paths of the tree below which not every member of staff may read."""
    closing = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)
    return list(closing.values_list("page__path", flat=True))


def is_closed_to_some(page: Page, closed_paths: list[str]) -> bool:
    return any(page.path.startswith(path) for path in closed_paths)


def slides_of(pack: Pack) -> Any:
    """The slides that have not been taken out, in order."""
    return pack.slides.filter(removed_at=None).select_related("theme")


def state_of(slide: Slide, visible_ids: Container[int], live_ids: Container[int]) -> State:
    """Whether the slide's page or theme can be shown; its own words need neither."""
    if slide.kind == Slide.Kind.TREND and (slide.theme is None or not slide.theme.is_active):
        return State.WITHDRAWN
    if not slide.rests_on_page or (slide.page_id or 0) in visible_ids:
        return State.SHOWN
    return State.NOT_FOR_YOU if (slide.page_id or 0) in live_ids else State.WITHDRAWN


def _pages_for(user: Any, slides: list[Slide]) -> dict[int, PublishedPage]:
    wanted = {slide.page_id for slide in slides if slide.page_id}
    pages: Any = visible_to(user, PublishedPage.objects.filter(pk__in=wanted))
    return {page.pk: page for page in pages.specific() if is_packable(page)}


def _live_ids(slides: list[Slide], visible: dict[int, Any]) -> set[int]:
    """Of the pages that this person does not see, those that others may."""
    missing = {slide.page_id for slide in slides if slide.page_id} - set(visible)
    if not missing:
        return set()
    return set(Page.objects.filter(pk__in=missing, live=True).values_list("pk", flat=True))


def _shown(
    pack: Pack, slide: Slide, user: Any, items: dict[int, Item], live: set[int]
) -> ShownSlide:
    state = state_of(slide, items, live)
    if state is not State.SHOWN:
        return ShownSlide(slide, state, heading=state.words)
    if slide.kind == Slide.Kind.TREND:
        return _trend_slide(slide, user)
    item = items.get(slide.page_id or 0)
    return ShownSlide(
        slide,
        state,
        heading=slide.heading or _own_heading(slide, item),
        label=item.label if item else "",
        own_text=typed(slide.text),
        item=item,
        notes=slide.notes,
        quarter=item.quarter if item else pack.quarter,
        source=item.source if item else "The presenter's own words",
    )


def _own_heading(slide: Slide, item: Item | None) -> str:
    return item.title if item and slide.kind == Slide.Kind.ITEM else slide.get_kind_display()


def _trend_slide(slide: Slide, user: Any) -> ShownSlide:
    assert slide.theme is not None
    trend = trend_of(slide.theme.code, user)
    quarters = [trend.quarters[0], trend.quarters[-1]] if trend.quarters else []
    return ShownSlide(
        slide,
        State.SHOWN,
        heading=slide.heading or f"How often it came up: {slide.theme.label}",
        label="Trend",
        own_text=typed(slide.text),
        trend=trend,
        notes=slide.notes,
        quarter=" to ".join(dict.fromkeys(quarters)),
        source=f"Findings with the theme “{slide.theme.label}”",
    )


def item_of(page: PublishedPage, user: Any, closed_paths: list[str]) -> Item:
    """The live page as a pack shows it to this person, who may read it."""
    quarter = getattr(page, "quarter", "")
    audience = FOR_SOME if is_closed_to_some(page, closed_paths) else ""
    return Item(
        page=page,
        kind=page.kind,
        label=", ".join(word for word in (page.kind_label, quarter, audience) if word),
        title=page.title,
        summary=page.summary,
        facts=[(label, value) for label, value in page.facts() if value],
        parts=[part for part in _parts_of(page, user) if part.paragraphs],
        quarter=quarter or _year_of(page),
        source=_source_of(page),
        url=page.get_url() or "",
    )


def _year_of(page: PublishedPage) -> str:
    dated_on = getattr(page, "dated_on", None)
    return str(dated_on.year) if dated_on else ""


def _source_of(page: PublishedPage) -> str:
    if isinstance(page, ImportedFindingPage):
        words = (page.source_label, page.authority, page.reference)
        return ", ".join(word for word in words if word)
    return f"{page.kind_label} “{page.title}”"


def _parts_of(page: PublishedPage, user: Any) -> list[Part]:
    if isinstance(page, ThemePage):
        return _theme_parts(page, user)
    parts = [Part(part.anchor, part.heading, of_html(part.html)) for part in page.parts()]
    if isinstance(page, ImportedFindingPage):
        parts += _attribution_of(page)
    return parts


def _attribution_of(page: ImportedFindingPage) -> list[Part]:
    lines = [page.attribution, f"Licence: {page.licence}" if page.licence else ""]
    return [Part("attribution", "Whose words these are", [plain(line) for line in lines if line])]


def _theme_parts(page: ThemePage, user: Any) -> list[Part]:
    """What belongs to the theme, and its newest findings that this person may read."""
    findings = FindingPage.objects.filter(themes=page.theme)
    newest = visible_to(user, findings).order_by("-quarter", "path")[:5]
    scope = "" if page.theme.scope_note == page.summary else page.theme.scope_note
    return [
        Part("what-belongs-here", "What belongs here", typed(scope)),
        Part(
            "findings", "What we found last", [bullet(f"{f.title} ({f.quarter})") for f in newest]
        ),
    ]


def chosen_parts(shown: ShownSlide) -> list[Part]:
    """The parts of the slide's page that its presenter wants to show, in the page's order."""
    if shown.item is None:
        return []
    chosen = shown.slide.chosen_parts
    if chosen is None:
        return shown.item.parts
    return [
        part for part in shown.item.parts if part.anchor in chosen or part.anchor == "attribution"
    ]
