"""The last slide: what the pack was made from, and a code that opens the theme's page."""

import io
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import segno
from django.urls import reverse

from audit_pages.models import ThemePage
from audit_pages.packs.content import Item, ShownSlide
from audit_pages.packs.deck.flow import SMALLEST, Poured, pour
from audit_pages.packs.deck.frames import Frame, continued
from audit_pages.packs.deck.layouts import READ_MORE, TEXT, TEXT_SIZES, Layout
from audit_pages.packs.deck.paragraphs import Paragraph, bullet, plain
from audit_pages.packs.models import Pack
from audit_pages.publishing.readers import visible_to
from learning.vocabulary.models import Theme


def reading_frames(
    pack: Pack, shown: ShownSlide, all_shown: list[ShownSlide], user: Any, base_url: str
) -> list[Frame]:
    """Where to read more: one slide, or more when the pack rests on many pages."""
    items = items_of(all_shown)
    target = target_of(pack, all_shown, items, user)
    layout = READ_MORE if target else TEXT
    text = [*shown.own_text, *(_line(item) for item in items)]
    place = layout.place("Text")
    poured = pour(text, place.box, tuple(size for size in TEXT_SIZES if size <= place.size))
    notes = "\n".join(f"{item.title}\n{urljoin(base_url, item.url)}" for item in items)
    first = _frame(layout, shown, Poured(poured.size, poured.slides[:1]), 0)
    first = replace(first, notes="\n\n".join(words for words in (shown.notes, notes) if words))
    if target:
        first = _with_code(first, *target, base_url=base_url)
    others = [
        _frame(TEXT, shown, Poured(poured.size, [slide]), place)
        for place, slide in enumerate(poured.slides[1:], 1)
    ]
    return [first, *others]


def items_of(all_shown: list[ShownSlide]) -> list[Item]:
    """The pages that the pack shows, each once, in the pack's order."""
    found = {shown.item.page.pk: shown.item for shown in all_shown if shown.item}
    return list(found.values())


def target_of(
    pack: Pack, all_shown: list[ShownSlide], items: list[Item], user: Any
) -> tuple[str, str] | None:
    """Title and address of what the code opens: the theme's page, else the first page of the pack."""
    themes = [pack.theme, *(shown.slide.theme for shown in all_shown if shown.trend)]
    for theme in themes:
        page = _theme_page(theme, user)
        if page:
            return page.title, reverse("audit_pages:theme", args=[page.theme.code])
    return (items[0].title, items[0].url) if items else None


def _theme_page(theme: Theme | None, user: Any) -> ThemePage | None:
    if theme is None:
        return None
    return visible_to(user, ThemePage.objects.filter(theme=theme).select_related("theme")).first()


def _line(item: Item) -> Paragraph:
    return bullet(f"{item.title} ({item.label})")


def _frame(layout: Layout, shown: ShownSlide, poured: Poured, place: int) -> Frame:
    return Frame(
        layout,
        f"{shown.heading}{continued(place)}",
        texts={"Text": poured},
        source="The pages named on this slide",
        quarter=shown.quarter,
    )


def _with_code(frame: Frame, title: str, path: str, *, base_url: str) -> Frame:
    """The frame with the code, what it opens, and the address for those who type it."""
    address = urljoin(base_url, path)
    caption = [plain(f"Scan to open “{title}”")]
    return replace(
        frame,
        picture=code_for(address),
        picture_description=f"Code to scan that opens “{title}” at {address}",
        texts={**frame.texts, "Caption": Poured(SMALLEST, [caption])},
    )


def code_for(address: str) -> bytes:
    """A QR code as a PNG, large enough for a projector."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="png", scale=12, border=2, dark="#0a2d31"
    )
    return out.getvalue()
