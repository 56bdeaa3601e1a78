"""Versions of a form: a new one beside the old, offered to new cycles, chosen for a cycle, fixed when used."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.proforma.building import copy_section, unfixed
from learning.proforma.models import CycleForm, ProFormaKind, ProFormaVersion
from learning.proforma.rules import FormNotComplete, missing_from
from learning.proforma.selectors import kinds_in_use
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds


class VersionNotToBeTaken(Refusal):
    """The cycle cannot take this version; the message says why."""


class VersionStays(Refusal):
    """The version cannot be taken back or thrown away; the message says why."""


@transaction.atomic
def new_version(*, version: ProFormaVersion, note: str, made_by: Any) -> ProFormaVersion:
    """A copy of this version with the next number, free to be changed; the old one stays as it is."""
    refuse_unless_holds(made_by, Right.KEEP_FORMS)
    same_kind = ProFormaVersion.objects.select_for_update().filter(kind=version.kind)
    newest = same_kind.order_by("-number").first()
    copy = ProFormaVersion.objects.create(
        kind=version.kind,
        number=(newest.number if newest else 0) + 1,
        note=note,
        created_by=made_by,
    )
    for section in version.sections.prefetch_related("areas"):
        copy_section(section, copy, order=section.order)
    record_event(actor=made_by, action="proforma.new_version", about=copy)
    return copy


@transaction.atomic
def offer(*, version: ProFormaVersion, offered_by: Any) -> ProFormaVersion:
    """From now on new cycles take this version."""
    refuse_unless_holds(offered_by, Right.KEEP_FORMS)
    fresh = ProFormaVersion.objects.select_for_update().get(pk=version.pk)
    if missing := missing_from(fresh):
        raise FormNotComplete(" ".join(missing))
    if fresh.offered_at is None:
        fresh.offered_at = timezone.now()
        fresh.save(update_fields=["offered_at"])
        record_event(actor=offered_by, action="proforma.offered", about=fresh)
    return fresh


@transaction.atomic
def take_back_offer(*, version: ProFormaVersion, taken_back_by: Any) -> ProFormaVersion:
    """A draft again, as long as no audit and no cycle has it and another version is offered."""
    fresh = unfixed(version, taken_back_by)
    _refuse_if_chosen(fresh)
    others = ProFormaVersion.objects.filter(kind=fresh.kind, offered_at__isnull=False)
    if not others.exclude(pk=fresh.pk).exists():
        raise VersionStays(
            "No other version of this form is ready: cycles would have none to take."
        )
    fresh.offered_at = None
    fresh.save(update_fields=["offered_at"])
    record_event(actor=taken_back_by, action="proforma.offer_taken_back", about=fresh)
    return fresh


@transaction.atomic
def throw_away(*, version: ProFormaVersion, thrown_away_by: Any) -> None:
    """A draft that nobody needs is gone, with its sections."""
    fresh = unfixed(version, thrown_away_by)
    _refuse_if_chosen(fresh)
    if not fresh.is_draft:
        raise VersionStays(f"{fresh} is ready for new cycles. Take that back first.")
    record_event(actor=thrown_away_by, action="proforma.thrown_away", about=fresh, reason=fresh.ref)
    fresh.delete()


@transaction.atomic
def choose_for_cycle(
    *, cycle: AuditCycle, kind: ProFormaKind, version: ProFormaVersion | None, chosen_by: Any
) -> None:
    """The cycle takes this version; with None the newest that is offered when its first audit begins (A23)."""
    refuse_unless_holds(chosen_by, Right.KEEP_FORMS)
    cycle = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.is_over:
        raise VersionNotToBeTaken(f"{cycle} is over.")
    if kind in kinds_in_use(cycle):
        raise VersionNotToBeTaken(
            f"{kind.label}: audits of {cycle} are written with their version already, and all take the same."
        )
    if version is None:
        CycleForm.objects.filter(cycle=cycle, kind=kind).delete()
    else:
        _put_down(cycle, kind, version, chosen_by)
    words = f"{cycle}: {version.ref if version else kind.value + ', the newest'}"
    record_event(actor=chosen_by, action="proforma.chosen", about=cycle, reason=words)


@transaction.atomic
def choose_all_for_cycle(
    *,
    cycle: AuditCycle,
    versions: dict[ProFormaKind, ProFormaVersion | None],
    chosen_by: Any,
) -> None:
    """The version of each of these kinds, or none of them where one is refused."""
    for kind, version in versions.items():
        choose_for_cycle(cycle=cycle, kind=kind, version=version, chosen_by=chosen_by)


def _put_down(
    cycle: AuditCycle, kind: ProFormaKind, version: ProFormaVersion, chosen_by: Any
) -> None:
    fresh = ProFormaVersion.objects.select_for_update().filter(pk=version.pk, kind=kind).first()
    if fresh is None or fresh.is_draft:
        raise VersionNotToBeTaken(f"{version} is not ready for new cycles.")
    CycleForm.objects.update_or_create(
        cycle=cycle,
        kind=kind,
        defaults={"version": fresh, "chosen_by": chosen_by, "chosen_at": timezone.now()},
    )


@transaction.atomic
def freeze(*, version: ProFormaVersion) -> ProFormaVersion:
    """The version can no longer be changed: an audit uses it. Freezing twice does no harm."""
    frozen = ProFormaVersion.objects.select_for_update().get(pk=version.pk)
    if frozen.frozen_at is None:
        frozen.frozen_at = timezone.now()
        frozen.save(update_fields=["frozen_at"])
        record_event(actor=None, action="proforma.frozen", about=frozen)
    return frozen


def _refuse_if_chosen(version: ProFormaVersion) -> None:
    choice = version.choices.select_related("cycle").first()
    if choice is not None:
        raise VersionStays(f"{choice.cycle} takes {version}. Choose another for that cycle first.")
