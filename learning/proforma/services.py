"""Versions of a form: a new one beside the old, offered to new cycles, frozen when an audit first uses it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.events.services import record_event
from learning.proforma.models import ProFormaSection, ProFormaVersion


class FormNotComplete(Exception):
    """The form cannot be offered; the message says what is missing."""


@transaction.atomic
def new_version(*, version: ProFormaVersion, note: str, made_by: Any) -> ProFormaVersion:
    """A copy of this version with the next number, free to be changed; the old one stays as it is."""
    same_kind = ProFormaVersion.objects.select_for_update().filter(kind=version.kind)
    newest = same_kind.order_by("-number").first()
    copy = ProFormaVersion.objects.create(
        kind=version.kind,
        number=(newest.number if newest else 0) + 1,
        note=note,
        created_by=made_by,
    )
    for section in version.sections.prefetch_related("areas"):
        _copy_section(section, copy)
    record_event(actor=made_by, action="proforma.new_version", about=copy)
    return copy


@transaction.atomic
def offer(*, version: ProFormaVersion, offered_by: Any) -> ProFormaVersion:
    """From now on new cycles take this version."""
    if not version.sections.exists():
        raise FormNotComplete("This form has no sections yet: write them before it is offered.")
    if version.offered_at is None:
        version.offered_at = timezone.now()
        version.save(update_fields=["offered_at"])
        record_event(actor=offered_by, action="proforma.offered", about=version)
    return version


@transaction.atomic
def freeze(*, version: ProFormaVersion) -> ProFormaVersion:
    """The version can no longer be changed: an audit uses it. Freezing twice does no harm."""
    frozen = ProFormaVersion.objects.select_for_update().get(pk=version.pk)
    if frozen.frozen_at is None:
        frozen.frozen_at = timezone.now()
        frozen.save(update_fields=["frozen_at"])
        record_event(actor=None, action="proforma.frozen", about=frozen)
    return frozen


def _copy_section(section: ProFormaSection, version: ProFormaVersion) -> None:
    copy = ProFormaSection.objects.create(
        version=version,
        key=section.key,
        order=section.order,
        title=section.title,
        prompts=section.prompts,
        can_be_skipped=section.can_be_skipped,
    )
    copy.areas.set(section.areas.all())
