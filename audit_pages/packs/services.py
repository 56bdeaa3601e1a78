"""Steps that change packs. Each takes the pack's row first, so that two at once follow each other."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from audit_pages.packs.content import State, is_packable, shown_slides
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.permissions import possible_readers
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.people.models import StaffMember
from learning.vocabulary.models import Theme

MOST_SLIDES = 60
UNDO_FOR = timedelta(days=1)


class PackIsFull(Exception):
    """The pack holds as many slides as a day can take."""


class NotPackable(Exception):
    """Pages of this kind do not go into packs."""


def start_pack(*, owner: Any, title: str = "", **details: Any) -> Pack:
    """A new, empty pack."""
    named = title or f"Review day pack, {timezone.localdate():%-d %B %Y}"
    return Pack.objects.create(owner=owner, title=named, **details)


@transaction.atomic
def add_slide(*, pack: Pack, kind: str, page: Page | None = None, **words: Any) -> Slide:
    """A new slide at the end. Raises `PackIsFull` or `NotPackable`."""
    if page is not None and not is_packable(page.specific_deferred):
        raise NotPackable(f"page {page.pk}")
    order = len(_locked_slides(pack)) + 1
    if order > MOST_SLIDES:
        raise PackIsFull(f"pack {pack.pk}")
    slide = Slide.objects.create(
        pack=pack, kind=kind, order=order, page=page, rests_on_page=page is not None, **words
    )
    _touch(pack)
    return slide


@transaction.atomic
def add_page(*, pack: Pack, page: Page) -> tuple[Slide, bool]:
    """The slide of this page, and whether it is new: a page is put into a pack once."""
    _lock(pack)
    standing = pack.slides.filter(kind=Slide.Kind.ITEM, page=page, removed_at=None).first()
    if standing:
        return standing, False
    return add_slide(pack=pack, kind=Slide.Kind.ITEM, page=page), True


@transaction.atomic
def add_trend(*, pack: Pack, theme: Theme) -> tuple[Slide, bool]:
    """The slide with this theme's trend, and whether it is new."""
    _lock(pack)
    standing = pack.slides.filter(kind=Slide.Kind.TREND, theme=theme, removed_at=None).first()
    if standing:
        return standing, False
    return add_slide(pack=pack, kind=Slide.Kind.TREND, theme=theme), True


@transaction.atomic
def move_slide(*, slide: Slide, by: int) -> Slide:
    """The slide, that many places further down (up, when negative), as far as there are places."""
    slides = _locked_slides(slide.pack)
    places = [other.pk for other in slides]
    if slide.pk not in places:
        return slide
    place = places.index(slide.pk)
    slides.insert(max(0, place + by), slides.pop(place))
    _number(slides)
    _touch(slide.pack)
    slide.refresh_from_db()
    return slide


@transaction.atomic
def remove_slide(*, slide: Slide) -> Slide:
    """The slide, out of the pack; for a day it can be put back."""
    slide.pack.slides.filter(removed_at__lt=timezone.now() - UNDO_FOR).delete()
    others = [other for other in _locked_slides(slide.pack) if other.pk != slide.pk]
    Slide.objects.filter(pk=slide.pk).update(removed_at=timezone.now())
    _number(others)
    _touch(slide.pack)
    slide.refresh_from_db()
    return slide


@transaction.atomic
def put_back_slide(*, slide: Slide) -> Slide:
    """The slide, where it was. Raises `PackIsFull`."""
    others = [other for other in _locked_slides(slide.pack) if other.pk != slide.pk]
    if len(others) >= MOST_SLIDES:
        raise PackIsFull(f"pack {slide.pack_id}")
    Slide.objects.filter(pk=slide.pk).update(removed_at=None)
    others.insert(slide.order - 1, slide)
    _number(others)
    _touch(slide.pack)
    slide.refresh_from_db()
    return slide


@transaction.atomic
def share_pack(
    *, pack: Pack, with_people: Iterable[StaffMember], shared_by: Any
) -> list[StaffMember]:
    """Those who are new among the pack's readers; whoever may not read packs is left out."""
    wanted = possible_readers(pack).filter(pk__in=[person.pk for person in with_people])
    new = list(wanted.exclude(pk__in=pack.shared_with.values("pk")))
    pack.shared_with.add(*new)
    if new:
        record_event(actor=shared_by, action="pack.shared", about=pack)
    return new


@transaction.atomic
def stop_sharing(*, pack: Pack, with_person: StaffMember, stopped_by: Any) -> None:
    pack.shared_with.remove(with_person)
    record_event(actor=stopped_by, action="pack.sharing_ended", about=pack)


@transaction.atomic
def copy_pack(*, pack: Pack, copied_by: Any) -> Pack:
    """A pack of one's own with the slides that this person may see; the others stay behind."""
    copy = start_pack(
        owner=copied_by,
        title=f"Copy of {pack.title}"[:120],
        quarter=pack.quarter,
        theme=pack.theme,
    )
    shown = [one.slide for one in shown_slides(pack, copied_by) if one.state is State.SHOWN]
    Slide.objects.bulk_create(_copy_of(slide, copy, place) for place, slide in enumerate(shown, 1))
    return copy


def delete_pack(*, pack: Pack, deleted_by: Any) -> None:
    record_event(actor=deleted_by, action="pack.deleted", about=pack)
    pack.delete()


def record_download(*, pack: Pack, taken_by: Any) -> AccessEvent:
    """The access log's row: who took this pack away, and when."""
    return record_access(user=taken_by, action=AccessEvent.Action.EXPORTED, about=pack)


def _lock(pack: Pack) -> None:
    """Wait until nobody else is changing the pack, and hold its row to the end of the step."""
    Pack.objects.select_for_update().get(pk=pack.pk)


def _locked_slides(pack: Pack) -> list[Slide]:
    """The pack's slides in order, while its row is ours."""
    _lock(pack)
    return list(pack.slides.filter(removed_at=None))


def _number(slides: list[Slide]) -> None:
    """Write the order that the list has."""
    for place, slide in enumerate(slides, 1):
        slide.order = place
    Slide.objects.bulk_update(slides, ["order"])


def _touch(pack: Pack) -> None:
    Pack.objects.filter(pk=pack.pk).update(changed_at=timezone.now())


def _copy_of(slide: Slide, pack: Pack, place: int) -> Slide:
    return Slide(
        pack=pack,
        order=place,
        kind=slide.kind,
        page_id=slide.page_id,
        rests_on_page=slide.rests_on_page,
        theme=slide.theme,
        chosen_parts=slide.chosen_parts,
        heading=slide.heading,
        text=slide.text,
        notes=slide.notes,
    )
