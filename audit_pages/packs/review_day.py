"""A pack that begins with the twelve steps of a review day, filled from what is published."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from audit_pages.models import (
    FindingPage,
    LetterPage,
    PublishedPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
)
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.prompts import steps
from audit_pages.packs.services import add_slide, start_pack
from audit_pages.publishing.readers import visible_to
from learning.vocabulary.choices import StatementKind
from learning.vocabulary.models import Theme

Kind = Slide.Kind
WE_WILL_DO = "What the organisation will do"
WE_ASK_OF_YOU = "What we ask of you"
"""The two halves of the ninth step, where they come from two pages."""


@dataclass(frozen=True)
class Source:
    """A page, and the anchors of the parts of it that fill a step, under a heading if it needs its own."""

    page: PublishedPage
    parts: list[str]
    heading: str = ""


@transaction.atomic
def start_review_day(
    *, owner: Any, title: str, quarter: str = "", theme: Theme | None = None
) -> Pack:
    """A pack with the twelve steps, filled for a quarter or a theme as far as pages are published, and one
    figure: the trend of the theme, or of what the quarter's finding is first of all about (domain.md G3)."""
    pack = start_pack(owner=owner, title=title, quarter=quarter, theme=theme)
    sources = _sources(owner, quarter, theme)
    for kind in Slide.TEMPLATE_KINDS:
        filled_from = sources.get(kind, [])
        _add_step(pack, kind, filled_from)
        figure = theme or _theme_of(filled_from)
        if kind == Kind.GET_BETTER_AT and figure is not None:
            add_slide(pack=pack, kind=Kind.TREND, theme=figure)
    return pack


def _add_step(pack: Pack, kind: str, sources: list[Source]) -> None:
    words = {key: value for key, value in steps()[kind].items() if key != "prompt"}
    if not sources:
        add_slide(pack=pack, kind=kind, **words)
    for one in sources:
        heading, parts = one.heading, one.parts
        add_slide(pack=pack, kind=kind, page=one.page, chosen_parts=parts, heading=heading, **words)


def _theme_of(sources: list[Source]) -> Theme | None:
    """The first theme of the step's page that is still in use."""
    themes = [theme for one in sources for theme in one.page.theme_list]
    return next((theme for theme in themes if theme.is_active), None)


def _sources(user: Any, quarter: str, theme: Theme | None) -> dict[str, list[Source]]:
    """Which parts of which pages fill which step; only pages that this person may read.

    “What changed since last time” is left to the presenter: pages say what was promised and how it will
    be tested, and none of them yet what a test has shown.
    """
    if theme is None and not quarter:
        return {}
    learning = _first(user, QuarterlyLearningPage.objects.filter(quarter=quarter))
    letter = _first(user, _about(LetterPage.objects.all(), quarter, theme))
    briefing = _first(user, _about(SevenMinuteBriefingPage.objects.all(), quarter, theme))
    change, strength = _findings(user, quarter, theme)
    # A theme is told by its own pages; a quarter's own page tells the whole of it.
    told_by = change if theme else None
    return {
        Kind.WHY_WE_LOOKED: _best((told_by, "context"), (learning, "introduction")),
        Kind.FAMILIES_TOLD_US: _best(
            (told_by, "children-and-parents-said"), (learning, "what-families-told-us")
        ),
        Kind.DID_WELL: _best(
            (letter, "what-you-did", "what-the-child-experienced"),
            (strength if theme else None, "strengths"),
            (learning, "what-went-well"),
        ),
        Kind.GET_BETTER_AT: _best((change, "what-needs-to-develop", "why-it-matters")),
        Kind.GOOD_LOOKS_LIKE: _best((briefing, "what-good-looks-like")),
        Kind.WE_ASK: _both_halves(
            _best((told_by, "what-changes"), (learning, "what-changes")),
            _best((briefing if theme else None, "what-to-do"), (learning, "what-we-ask-of-you")),
        ),
    }


def _findings(user: Any, quarter: str, theme: Theme | None) -> tuple[Any, Any]:
    """The newest finding that asks for change, and the newest that tells of strengths."""
    findings = _about(FindingPage.objects.all(), quarter, theme)
    change = _first(user, findings.filter(statement_kind=StatementKind.DEVELOPMENT_AREA))
    change = change or _first(user, findings.exclude(statement_kind=StatementKind.STRENGTH))
    strength = _first(user, findings.exclude(statement_kind=StatementKind.DEVELOPMENT_AREA))
    return change, strength or change


def _best(*choices: tuple[Any, *tuple[str, ...]]) -> list[Source]:
    """The first page that is there and says something in these parts; none where there is none."""
    for page, *parts in choices:
        if page and any(part.anchor in parts for part in page.parts()):
            return [Source(page, parts)]
    return []


def _both_halves(will_do: list[Source], ask: list[Source]) -> list[Source]:
    """One slide where one page says both, else one for each, under a heading of its own."""
    if will_do and ask and will_do[0].page == ask[0].page:
        return [Source(ask[0].page, [*will_do[0].parts, *ask[0].parts])]
    return [
        *(Source(one.page, one.parts, WE_WILL_DO) for one in will_do),
        *(Source(one.page, one.parts, WE_ASK_OF_YOU) for one in ask),
    ]


def _about(pages: QuerySet[Any], quarter: str, theme: Theme | None) -> QuerySet[Any]:
    """The pages of the quarter and the theme, as far as they are given; the newest quarter first."""
    if quarter:
        pages = pages.filter(quarter=quarter)
    if theme is not None:
        pages = pages.filter(themes=theme)
    return pages.order_by("-quarter", "path")


def _first(user: Any, pages: QuerySet[Any]) -> Any:
    return visible_to(user, pages).first()
