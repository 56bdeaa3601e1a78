"""A pack as a PowerPoint file, for one person at one moment."""

import io
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone

from audit_pages.packs.characters import writable
from audit_pages.packs.content import ShownSlide, shown_slides
from audit_pages.packs.deck.design import new_presentation
from audit_pages.packs.deck.draw import Foot, draw_frame
from audit_pages.packs.deck.flow import Poured
from audit_pages.packs.deck.frames import Frame, frames_of
from audit_pages.packs.deck.layouts import FRONT
from audit_pages.packs.deck.paragraphs import plain
from audit_pages.packs.deck.reading import reading_frames
from audit_pages.packs.models import Pack, Slide
from learning.exports import taken_line

DEMO_NOTICE = "Fictional: everyone and everything here is invented"


def build_deck(*, pack: Pack, taken_by: Any, base_url: str) -> bytes:
    """The file. Each item is read anew, as `taken_by` may see it at this moment."""
    shown = shown_slides(pack, taken_by)
    presentation = new_presentation()
    foot = Foot(settings.PORTAL_NAME, f"{timezone.localdate():%-d %B %Y}", demo_notice())
    for frame in [_front(pack, taken_by), *_frames(pack, shown, taken_by, base_url)]:
        draw_frame(presentation, frame, foot)
    _sign(presentation, pack)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def demo_notice() -> str:
    return DEMO_NOTICE if settings.PORTAL_IS_DEMO else ""


def _frames(pack: Pack, shown: list[ShownSlide], user: Any, base_url: str) -> list[Frame]:
    frames: list[Frame] = []
    for one in shown:
        if one.slide.kind == Slide.Kind.READ_MORE and not one.is_flagged:
            frames += reading_frames(pack, one, shown, user, base_url)
        else:
            frames += with_address(frames_of(one), one, base_url)
    return frames


def with_address(frames: list[Frame], shown: ShownSlide, base_url: str) -> list[Frame]:
    """The same frames; the first one's notes end with where the page can be read."""
    from dataclasses import replace

    if shown.item is None:
        return frames
    where = f"Read it in full: {shown.item.title}\n{urljoin(base_url, shown.item.url)}"
    notes = "\n\n".join(words for words in (frames[0].notes, where) if words)
    return [replace(frames[0], notes=notes), *frames[1:]]


def _front(pack: Pack, taken_by: Any) -> Frame:
    """The first slide: whose day it is, and, behind it, who took the file and when."""
    day = f"{pack.presented_on:%-d %B %Y}" if pack.presented_on else ""
    lines = [pack.presented_to, day, pack.presenter]
    return Frame(
        FRONT,
        pack.title,
        texts={"Subtitle": Poured(0, [[plain(line) for line in lines if line]])},
        source=f"{settings.PORTAL_NAME}, published learning",
        quarter=pack.quarter,
        notes=(
            f"{taken_line(taken_by)} It holds what was published then; take it anew before you present, "
            "so that nothing withdrawn since is shown."
        ),
    )


def _sign(presentation: Any, pack: Pack) -> None:
    """Properties of our own: no person's name, and none of the library's."""
    properties = presentation.core_properties
    properties.title = writable(pack.title)
    properties.author = properties.last_modified_by = settings.PORTAL_NAME
    properties.subject = "Learning from the audit of practice days"
    properties.keywords = properties.category = ""
    properties.comments = demo_notice()
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)
    properties.revision = 1
    properties.language = "en-GB"
