"""A pack that begins with the twelve steps of a review day, filled from what is published."""

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
Source = tuple[PublishedPage, list[str]]
"""A page, and the anchors of the parts of it that fill a step."""


@transaction.atomic
def start_review_day(
    *, owner: Any, title: str, quarter: str = "", theme: Theme | None = None
) -> Pack:
    """A pack with the twelve steps, filled for a quarter or a theme as far as pages are published."""
    pack = start_pack(owner=owner, title=title, quarter=quarter, theme=theme)
    sources = _sources(owner, quarter, theme)
    for kind in Slide.TEMPLATE_KINDS:
        _add_step(pack, kind, sources.get(kind))
        if kind == Kind.GET_BETTER_AT and theme is not None:
            add_slide(pack=pack, kind=Kind.TREND, theme=theme)
    return pack


def _add_step(pack: Pack, kind: str, source: Source | None) -> None:
    words = {key: value for key, value in steps()[kind].items() if key != "prompt"}
    if source is None:
        add_slide(pack=pack, kind=kind, **words)
        return
    page, parts = source
    add_slide(pack=pack, kind=kind, page=page, chosen_parts=parts, **words)


def _sources(user: Any, quarter: str, theme: Theme | None) -> dict[str, Source]:
    """Which parts of which page fill which step; only pages that this person may read."""
    found: dict[str, Source] = {}
    learning = _first(user, QuarterlyLearningPage.objects.filter(quarter=quarter))
    if learning:
        found |= _from_quarter(learning)
    if theme is not None or quarter:
        found |= _from_findings(user, quarter, theme)
        found |= _from_others(user, quarter, theme)
    return {kind: source for kind, source in found.items() if _says_something(source)}


def _from_quarter(page: QuarterlyLearningPage) -> dict[str, Source]:
    return {
        Kind.WHY_WE_LOOKED: (page, ["introduction"]),
        Kind.FAMILIES_TOLD_US: (page, ["what-families-told-us"]),
        Kind.DID_WELL: (page, ["what-went-well"]),
        Kind.WHAT_CHANGED: (page, ["what-changes"]),
        Kind.WE_ASK: (page, ["what-we-ask-of-you"]),
    }


def _from_findings(user: Any, quarter: str, theme: Theme | None) -> dict[str, Source]:
    """The newest finding that asks for change; for a theme, findings fill further steps, too."""
    findings = _about(FindingPage.objects.all(), quarter, theme)
    page = _first(user, findings.filter(statement_kind=StatementKind.DEVELOPMENT_AREA))
    page = page or _first(user, findings.exclude(statement_kind=StatementKind.STRENGTH))
    found: dict[str, Source] = {}
    if page:
        found[Kind.GET_BETTER_AT] = (page, ["what-needs-to-develop", "why-it-matters"])
    strength = _first(user, findings.exclude(statement_kind=StatementKind.DEVELOPMENT_AREA))
    if theme is not None and (strength or page):
        found[Kind.DID_WELL] = (strength or page, ["strengths"])
    if theme is None or page is None:
        return found
    return found | {
        Kind.WHY_WE_LOOKED: (page, ["context"]),
        Kind.FAMILIES_TOLD_US: (page, ["children-and-parents-said"]),
        Kind.WHAT_CHANGED: (page, ["what-changes"]),
        Kind.WE_ASK: (page, ["how-we-will-test"]),
    }


def _from_others(user: Any, quarter: str, theme: Theme | None) -> dict[str, Source]:
    """A letter for what went well, a briefing for what good looks like and what to do."""
    letter = _first(user, _about(LetterPage.objects.all(), quarter, theme))
    briefing = _first(user, _about(SevenMinuteBriefingPage.objects.all(), quarter, theme))
    found: dict[str, Source] = {}
    if letter:
        found[Kind.DID_WELL] = (letter, ["what-you-did", "what-the-child-experienced"])
    if briefing:
        found[Kind.GOOD_LOOKS_LIKE] = (briefing, ["what-good-looks-like"])
    if briefing and theme is not None:
        found[Kind.WE_ASK] = (briefing, ["what-to-do"])
    return found


def _about(pages: QuerySet[Any], quarter: str, theme: Theme | None) -> QuerySet[Any]:
    """The pages of the quarter and the theme, as far as they are given; the newest quarter first."""
    if quarter:
        pages = pages.filter(quarter=quarter)
    if theme is not None:
        pages = pages.filter(themes=theme)
    return pages.order_by("-quarter", "path")


def _first(user: Any, pages: QuerySet[Any]) -> Any:
    return visible_to(user, pages).first()


def _says_something(source: Source) -> bool:
    page, parts = source
    return any(part.anchor in parts for part in page.parts())
