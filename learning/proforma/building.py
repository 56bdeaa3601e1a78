"""Building a version that no audit has used yet: its sections, their words, their order.

Each step locks the version first, so that two leads who build at once take turns, and refuses one that is
in use; the database refuses it as well (`events.promises`).
"""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.proforma import keys
from learning.proforma.models import ProFormaSection, ProFormaVersion
from learning.proforma.rules import SectionNotPossible, SectionWords, refuse_bad_words
from learning.programme.services import refuse_unless_holds

LONGEST_KEY = 40


class VersionFixed(Refusal):
    """An audit uses this version, so that it stays as it is."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the section after it was opened; nothing was saved."""


def fingerprint(section: ProFormaSection) -> str:
    """What the section says, in short: two who write at once are noticed by it."""
    areas = sorted(area.pk for area in section.areas.all())
    said = [section.title, section.prompts, section.can_be_skipped, areas]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def unfixed(version: ProFormaVersion, builder: Any) -> ProFormaVersion:
    """The version, locked, if this person may build it and no audit uses it."""
    refuse_unless_holds(builder, Right.KEEP_FORMS)
    fresh = ProFormaVersion.objects.select_for_update().get(pk=version.pk)
    if fresh.is_fixed:
        raise VersionFixed(
            f"{fresh} is in use since {fresh.frozen_at:%-d %B %Y}, and stays as it is for the audits that "
            "were written with it. Make a new version from it, and change that one."
        )
    return fresh


@transaction.atomic
def add_section(
    *, version: ProFormaVersion, words: SectionWords, after: str, added_by: Any
) -> ProFormaSection:
    """A section of the lead's own, behind the one with the key `after`."""
    version = unfixed(version, added_by)
    key = _key_for(version, words.title)
    _check(version, words, key)
    section = ProFormaSection.objects.create(
        version=version, key=key, order=_last_place(version) + 1, **_columns(words)
    )
    section.areas.set(words.areas)
    _place(version, key, after)
    _record("section_added", version, key, added_by, words.reason)
    return section


@transaction.atomic
def bring_back(
    *, version: ProFormaVersion, section: ProFormaSection, brought_by: Any
) -> ProFormaSection:
    """A section that another version of this kind has, at the end, with its key and its words."""
    version = unfixed(version, brought_by)
    if section.version.kind != version.kind or version.sections.filter(key=section.key).exists():
        raise SectionNotPossible(
            "This section stands in the form already, or is not one of its kind."
        )
    copy = copy_section(section, version, order=_last_place(version) + 1)
    _record("section_brought_back", version, copy.key, brought_by)
    return copy


@transaction.atomic
def change_section(
    *, section: ProFormaSection, words: SectionWords, after: str, seen: str, changed_by: Any
) -> ProFormaSection:
    """The section with other words, in its place. `seen` is its fingerprint when it was opened."""
    version = unfixed(section.version, changed_by)
    fresh = _still_there(version, section)
    if fingerprint(fresh) != seen:
        raise ChangedMeanwhile(
            "Somebody else changed this section after you opened it. Nothing of yours is lost or saved: "
            "what it says now stands above the form. Change yours so that both are in it, and save again."
        )
    _check(version, words, fresh.key)
    for name, value in _columns(words).items():
        setattr(fresh, name, value)
    fresh.save()
    fresh.areas.set(words.areas)
    _place(version, fresh.key, after)
    _record("section_changed", version, fresh.key, changed_by, words.reason)
    return fresh


@transaction.atomic
def move_section(*, section: ProFormaSection, up: bool, moved_by: Any) -> ProFormaSection:
    """One place up or down. The child's day stays the first."""
    version = unfixed(section.version, moved_by)
    fresh = _still_there(version, section)
    standing = list(version.sections.values_list("key", flat=True))
    place = standing.index(fresh.key)
    other = place - 1 if up else place + 1
    if fresh.is_first or not 0 < other < len(standing):
        raise SectionNotPossible(
            f"“{fresh.title}” cannot go further. The child’s day is always the first section."
        )
    standing[place], standing[other] = standing[other], standing[place]
    _renumber(version, standing)
    _record("section_moved", version, fresh.key, moved_by)
    return fresh


@transaction.atomic
def remove_section(*, section: ProFormaSection, removed_by: Any) -> None:
    """The section is gone from this version; others keep theirs."""
    version = unfixed(section.version, removed_by)
    fresh = _still_there(version, section)
    if fresh.why_kept:
        raise SectionNotPossible(f"“{fresh.title}” stays in the form. {fresh.why_kept}")
    fresh.delete()
    _record("section_removed", version, section.key, removed_by)


def copy_section(section: ProFormaSection, version: ProFormaVersion, order: int) -> ProFormaSection:
    """The same words in another version."""
    copy = ProFormaSection.objects.create(
        version=version,
        key=section.key,
        order=order,
        title=section.title,
        prompts=section.prompts,
        can_be_skipped=section.can_be_skipped,
    )
    copy.areas.set(section.areas.all())
    return copy


def _columns(words: SectionWords) -> dict[str, Any]:
    return {
        "title": words.title,
        "prompts": words.prompts,
        "can_be_skipped": words.can_be_skipped,
    }


def _check(version: ProFormaVersion, words: SectionWords, key: str) -> None:
    refuse_bad_words(words, key)
    if version.sections.exclude(key=key).filter(title__iexact=words.title).exists():
        raise SectionNotPossible("Another section has this title already.", "title")


def _still_there(version: ProFormaVersion, section: ProFormaSection) -> ProFormaSection:
    fresh = version.sections.filter(pk=section.pk).first()
    if fresh is None:
        raise SectionNotPossible("Somebody else took this section out a moment ago.")
    return fresh


def _key_for(version: ProFormaVersion, title: str) -> str:
    """A key that no section of this kind has had: other parts know some of them."""
    base = slugify(title).replace("-", "_")[: LONGEST_KEY - 4] or "section"
    taken = set(
        ProFormaSection.objects.filter(version__kind=version.kind).values_list("key", flat=True)
    )
    number, key = 1, base
    while key in taken | keys.RESERVED:
        number += 1
        key = f"{base}_{number}"
    return key


def _last_place(version: ProFormaVersion) -> int:
    last = version.sections.order_by("order").last()
    return last.order if last else 0


def _place(version: ProFormaVersion, key: str, after: str) -> None:
    """Behind the section with the key `after`; where there is none, it stays where it is."""
    standing = list(version.sections.values_list("key", flat=True))
    if key == keys.LIVED_EXPERIENCE or after == key or after not in standing:
        return
    standing.remove(key)
    standing.insert(standing.index(after) + 1, key)
    _renumber(version, standing)


def _renumber(version: ProFormaVersion, standing: list[str]) -> None:
    sections = {section.key: section for section in version.sections.all()}
    for order, key in enumerate(standing, start=1):
        sections[key].order = order
    ProFormaSection.objects.bulk_update(sections.values(), ["order"])


def _record(
    action: str, version: ProFormaVersion, key: str, builder: Any, reason: str = ""
) -> None:
    words = f"{key}: {reason.strip()}" if reason.strip() else key
    record_event(actor=builder, action=f"proforma.{action}", about=version, reason=words)
