"""What stands on each slide of the presentation, before anything is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from audit_pages.packs.content import Item, Part, ShownSlide, chosen_parts
from audit_pages.packs.deck.flow import Poured, fits, pour
from audit_pages.packs.deck.layouts import (
    ACTIVITY,
    CHART,
    ONE_PART,
    OPENING,
    TEXT,
    TEXT_SIZES,
    TWO_PARTS,
    Layout,
)
from audit_pages.packs.deck.measure import fitting_size
from audit_pages.packs.deck.paragraphs import Paragraph, Run, heading, plain, typed
from audit_pages.packs.models import Slide
from audit_pages.packs.prompts import prompt_for
from audit_pages.packs.trends import described, has_figures
from audit_pages.panels import TrendTable

DONE_TOGETHER = {
    Slide.Kind.DAY_IN_A_LIFE,
    Slide.Kind.EXERCISE,
    Slide.Kind.PLEDGE,
    Slide.Kind.WE_ASK,
}
_BESIDE_SIZE = 18
"""Two parts share a slide when both fit at this size or larger."""
_FACTS_FOR_A_PANEL = 3


@dataclass(frozen=True)
class Frame:
    """One slide: its layout, its words by the layout's place names, and what goes below and behind."""

    layout: Layout
    title: str
    kicker: str = ""
    colour: str = ""
    texts: dict[str, Poured] = field(default_factory=dict)
    trend: TrendTable | None = None
    picture: bytes = b""
    picture_description: str = ""
    source: str = ""
    quarter: str = ""
    notes: str = ""


def frames_of(shown: ShownSlide) -> list[Frame]:
    """The slides that one step of a pack becomes: at least one, more when its text is long."""
    if shown.is_flagged:
        frames = [_flag(shown)]
    elif shown.slide.kind == Slide.Kind.TREND:
        frames = list(_trend_frames(shown))
    elif shown.slide.kind == Slide.Kind.ITEM and shown.item:
        frames = list(_item_frames(shown, shown.item))
    else:
        frames = _text_frames(shown, _written(shown))
    return [_finished(frame, shown, place) for place, frame in enumerate(frames)]


def _finished(frame: Frame, shown: ShownSlide, place: int) -> Frame:
    """The frame with its source and quarter, the notes on the first, and “(continued)” on the others."""
    return replace(
        frame,
        title=f"{frame.title}{continued(place)}",
        source=shown.source,
        quarter=shown.quarter,
        notes=frame.notes or ("" if place else shown.notes),
    )


def continued(place: int) -> str:
    """What a slide's title says when it goes on from the one before it."""
    if place == 0:
        return ""
    return " (continued)" if place == 1 else f" (continued, {place + 1})"


def _flag(shown: ShownSlide) -> Frame:
    """In place of what cannot be shown; neither the page's words nor those written about it."""
    text = typed(
        "Nothing of it is shown here.\n\nTake this slide out, or ask the colleague who answers for the "
        "pack what to put in its place."
    )
    return Frame(
        ACTIVITY, shown.heading, "Not shown", texts={"Text": _poured(text, ACTIVITY, "Text")}
    )


def _poured(paragraphs: list[Paragraph], layout: Layout, name: str) -> Poured:
    place = layout.place(name)
    sizes = tuple(size for size in TEXT_SIZES if size <= place.size) or (place.size,)
    return pour(paragraphs, place.box, sizes)


def _written(shown: ShownSlide) -> list[Paragraph]:
    """The presenter's words, then the chosen parts of the page, if the slide has one."""
    parts = chosen_parts(shown)
    if shown.slide.is_unwritten:
        return still_to_write(shown.slide)
    if len(parts) == 1:
        return [*shown.own_text, *parts[0].paragraphs]
    with_headings = ([heading(part.heading), *part.paragraphs] for part in parts)
    return [*shown.own_text, *chain.from_iterable(with_headings)]


def _text_frames(shown: ShownSlide, paragraphs: list[Paragraph]) -> list[Frame]:
    layout = ACTIVITY if shown.slide.kind in DONE_TOGETHER else TEXT
    kicker = shown.label or shown.slide.get_kind_display()
    if kicker == shown.heading:
        kicker = ""
    return [
        Frame(layout, shown.heading, kicker, _kind(shown.item), {"Text": poured})
        for poured in _one_by_one(_poured(paragraphs, layout, "Text"))
    ]


def still_to_write(slide: Slide) -> list[Paragraph]:
    """What an unwritten step is for: the presenter writes over it, here or in PowerPoint."""
    prompt = prompt_for(slide.kind)
    if not prompt:
        return []
    return [Paragraph((Run("Still to write. ", bold=True), Run(prompt, italic=True)))]


def _kind(item: Item | None) -> str:
    return item.kind if item else ""


def _one_by_one(poured: Poured) -> Iterator[Poured]:
    for slide in poured.slides:
        yield Poured(poured.size, [slide])


# --- A page, from its headline to its last part -----------------------------------------------


def _item_frames(shown: ShownSlide, item: Item) -> Iterator[Frame]:
    facts = _facts(item)
    parts = list(chosen_parts(shown))
    if shown.own_text:
        parts.append(Part("own", "From the presenter", shown.own_text))
    if not fits(facts, OPENING.place("Facts").box, OPENING.place("Facts").size):
        parts.insert(0, Part("facts", "About this", facts))
        facts = []
    blank = Frame(TEXT, shown.heading, item.label, item.kind)
    summary = [plain(item.summary)] if item.summary else []
    if parts and not summary:
        first = parts.pop(0)
        summary = [heading(first.heading), *first.paragraphs]
    yield from _opening(blank, summary, facts)
    yield from _part_frames(blank, parts)


def _facts(item: Item) -> list[Paragraph]:
    return [
        Paragraph((Run(f"{label}: ", bold=True), Run(value)))
        for label, value in item.facts
        if value and value not in item.label
    ]


def _opening(blank: Frame, summary: list[Paragraph], facts: list[Paragraph]) -> Iterator[Frame]:
    """The headline with its summary, or the first part of what has none, and beside it what kind of learning
    it is."""
    if len(facts) < _FACTS_FOR_A_PANEL:
        for poured in _one_by_one(_poured([*summary, *facts], TEXT, "Text")):
            yield replace(blank, texts={"Text": poured})
        return
    whole = _poured(summary, OPENING, "Summary")
    first, rest = whole.slides[0], list(chain.from_iterable(whole.slides[1:]))
    beside = Poured(OPENING.place("Facts").size, [facts])
    yield replace(
        blank,
        layout=OPENING,
        texts={"Summary": replace(whole, slides=[first]), "Facts": beside},
    )
    if rest:  # on slides of their own it has more room
        for poured in _one_by_one(_poured(rest, TEXT, "Text")):
            yield replace(blank, texts={"Text": poured})


def _part_frames(blank: Frame, parts: list[Part]) -> Iterator[Frame]:
    """One part after the other; two short ones stand side by side."""
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        if waiting and _is_short(part) and _is_short(waiting[0]):
            yield _side_by_side(blank, part, waiting.pop(0))
        else:
            yield from _alone(blank, part)


def _is_short(part: Part) -> bool:
    head = TWO_PARTS.place("Left heading")
    size = fitting_size(part.heading, width=head.width, height=head.height, sizes=(22, 20, 18, 0))
    return bool(size) and fits(part.paragraphs, TWO_PARTS.place("Left text").box, _BESIDE_SIZE)


def _side_by_side(blank: Frame, left: Part, right: Part) -> Frame:
    both = [_poured(part.paragraphs, TWO_PARTS, "Left text") for part in (left, right)]
    size = min(poured.size for poured in both)
    return replace(
        blank,
        layout=TWO_PARTS,
        texts={
            "Left heading": Poured(0, [[plain(left.heading)]]),
            "Left text": Poured(size, both[0].slides),
            "Right heading": Poured(0, [[plain(right.heading)]]),
            "Right text": Poured(size, both[1].slides),
        },
    )


def _alone(blank: Frame, part: Part) -> Iterator[Frame]:
    for place, poured in enumerate(_one_by_one(_poured(part.paragraphs, ONE_PART, "Text"))):
        head = Poured(0, [[plain(f"{part.heading}{' (continued)' if place else ''}")]])
        yield replace(blank, layout=ONE_PART, texts={"Heading": head, "Text": poured})


# --- A theme's trend --------------------------------------------------------------------------


def _trend_frames(shown: ShownSlide) -> Iterator[Frame]:
    """The chart with what it shows in words; the presenter's own words beside it, or after it."""
    trend: Any = shown.trend
    words = [plain(sentence) for sentence in described(trend)]
    blank = Frame(CHART, shown.heading, shown.label, "theme", trend=trend)
    if not has_figures(trend):
        yield from _text_frames(shown, [*words, *shown.own_text])
        return
    place = CHART.place("What it shows")
    beside = [*words, *shown.own_text]
    if fits(beside, place.box, 16):
        yield replace(blank, texts={place.name: _poured(beside, CHART, place.name)})
        return
    yield replace(blank, texts={place.name: _poured(words, CHART, place.name)})
    yield from _text_frames(shown, shown.own_text)
