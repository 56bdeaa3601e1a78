"""Slides for a printed page: text grouped into paragraphs and lists, a sheet for each slide."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from audit_pages.packs.content import Item, Part, ShownSlide, chosen_parts
from audit_pages.packs.deck.frames import still_to_write
from audit_pages.packs.deck.paragraphs import Paragraph
from audit_pages.packs.deck.reading import items_of
from audit_pages.packs.models import Slide
from audit_pages.packs.trends import described, has_figures
from audit_pages.templatetags.portal_pages import as_chart

_TAGS = {"bullet": "ul", "number": "ol", "heading": "h4"}


@dataclass(frozen=True)
class Block:
    """Neighbouring paragraphs of one sort, under the HTML tag that holds them."""

    tag: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class PrintedPart:
    heading: str
    blocks: list[Block]


@dataclass(frozen=True)
class Sheet:
    """One slide as it is printed."""

    shown: ShownSlide
    own: list[Block] = field(default_factory=list)
    parts: list[PrintedPart] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    trend_words: list[str] = field(default_factory=list)

    @property
    def shows_headline(self) -> bool:
        return self.shown.slide.kind == Slide.Kind.ITEM and self.shown.item is not None

    @property
    def chart(self) -> dict[str, Any] | None:
        """What `components/chart.html` shows; None without figures."""
        trend = self.shown.trend
        if trend is None or not has_figures(trend):
            return None
        return {**as_chart(trend), "id": f"trend-{self.shown.slide.pk}"}


def sheets_of(all_shown: list[ShownSlide]) -> list[Sheet]:
    return [_sheet(shown, all_shown) for shown in all_shown]


def _sheet(shown: ShownSlide, all_shown: list[ShownSlide]) -> Sheet:
    reads_on = shown.slide.kind == Slide.Kind.READ_MORE and not shown.is_flagged
    return Sheet(
        shown,
        own=blocks_of(_own_text(shown)),
        parts=[_part(part) for part in chosen_parts(shown)],
        items=items_of(all_shown) if reads_on else [],
        trend_words=described(shown.trend) if shown.trend else [],
    )


def _own_text(shown: ShownSlide) -> list[Paragraph]:
    return still_to_write(shown.slide) if shown.slide.is_unwritten else shown.own_text


def _part(part: Part) -> PrintedPart:
    return PrintedPart(part.heading, blocks_of(part.paragraphs))


def blocks_of(paragraphs: list[Paragraph]) -> list[Block]:
    """The paragraphs, list items gathered into their lists."""

    def tag_of(paragraph: Paragraph) -> Any:
        return _TAGS.get(paragraph.style, "p")

    return [Block(tag, list(group)) for tag, group in groupby(paragraphs, key=tag_of)]
