"""Who audits: volunteering, the team, the pairs, and what each auditor declares and acknowledges
(domain.md A14, A17, A19–A20, A22, A58, A75)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.programme.mails import tell_member
from learning.programme.models import (
    Acknowledgement,
    AuditCycle,
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditProgramme,
    AuditTeamMember,
    ConflictDeclaration,
    PreparationReview,
)
from learning.programme.readings import readings_of
from learning.programme.services import refuse_unless_holds
from learning.programme.states import TEAM_CHANGES, TEAM_OPEN, CycleState


class TeamNotOpen(Refusal):
    """The team cannot change like this; the message says why, to the person."""


class ReadingHasChanged(Refusal):
    """What was to be acknowledged has a newer wording: read it again."""


def _open_cycle(cycle: AuditCycle, states: Collection[CycleState] = TEAM_CHANGES) -> AuditCycle:
    """The cycle, locked; `TeamNotOpen` when it is in none of these states."""
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if fresh.state not in states:
        words = fresh.get_state_display().lower()
        raise TeamNotOpen(f"The team of {fresh} does not change now. Where it stands: {words}.")
    return fresh


# --- Volunteering --------------------------------------------------------------------------------


@transaction.atomic
def volunteer(
    *, cycle: AuditCycle, person: Any, words: str = "", is_first_time: bool = False
) -> AuditorExpression:
    """The person's offer to audit in this cycle; an earlier one takes the new words."""
    refuse_unless_holds(person, Right.VOLUNTEER)
    _open_cycle(cycle, TEAM_OPEN)
    expression, _ = AuditorExpression.objects.update_or_create(
        cycle=cycle,
        person=person,
        defaults={
            "words": words,
            "is_first_time": is_first_time,
            "expressed_at": timezone.now(),
            "withdrawn_at": None,
        },
    )
    record_event(actor=person, action="auditorexpression.volunteer", about=expression)
    return expression


@transaction.atomic
def withdraw(*, cycle: AuditCycle, person: Any) -> AuditorExpression:
    """The person's offer, taken back. Somebody who is in the team by now tells the lead instead."""
    expression = AuditorExpression.objects.filter(cycle=cycle, person=person).first()
    if expression is None or expression.withdrawn_at is not None:
        raise TeamNotOpen("You have no offer to take back.")
    if cycle.team.filter(person=person).exists():
        raise TeamNotOpen(f"You are in the team. Please tell {cycle.lead} that you cannot audit.")
    expression.withdrawn_at = timezone.now()
    expression.save()
    record_event(actor=person, action="auditorexpression.withdraw", about=expression)
    return expression


# --- Team and pairs --------------------------------------------------------------------------------


@transaction.atomic
def add_member(
    *, cycle: AuditCycle, person: Any, added_by: Any, is_first_time: bool | None = None
) -> AuditTeamMember:
    """The new member of the team. Whether it is their first time is asked of their offer and of earlier
    cycles, unless it is given."""
    refuse_unless_holds(added_by, Right.ARRANGE_CYCLE)
    _open_cycle(cycle)
    if not person.may_sign_in:
        raise TeamNotOpen(f"{person} cannot sign in at present.")
    if cycle.team.filter(person=person).exists():
        raise TeamNotOpen(f"{person} is in the team already.")
    first_time = _audits_first(cycle, person) if is_first_time is None else is_first_time
    member = AuditTeamMember.objects.create(cycle=cycle, person=person, is_first_time=first_time)
    record_event(actor=added_by, action="auditteammember.add", about=member)
    tell_member(person, cycle)
    return member


def _audits_first(cycle: AuditCycle, person: Any) -> bool:
    """What the records say; what the person said counts where they say nothing."""
    earlier = AuditTeamMember.objects.filter(person=person).exclude(cycle=cycle)
    if earlier.exclude(cycle__state=CycleState.CANCELLED).exists():
        return False
    expression = cycle.expressions.filter(person=person).first()
    return expression.is_first_time if expression else True


@transaction.atomic
def remove_member(*, member: AuditTeamMember, removed_by: Any, reason: str) -> None:
    """Takes somebody out of the team and their pair; not while a case is theirs to audit."""
    refuse_unless_holds(removed_by, Right.ARRANGE_CYCLE)
    cycle = _open_cycle(member.cycle)
    if any(_has_cases(pair) for pair in member.pairs.all()):
        raise TeamNotOpen(f"{member} has been given a case. Give it to another pair first.")
    record_event(actor=removed_by, action="auditteammember.remove", about=member, reason=reason)
    member.delete()
    for pair in cycle.pairs.filter(members=None):
        _drop(pair)


def _has_cases(pair: AuditPair) -> bool:
    """Whether a case of the sample is this pair's; one that was taken out or withdrawn is nobody's."""
    return pair.cases.in_sample().exists()


def _drop(pair: AuditPair) -> None:
    pair.cases.update(pair=None)
    pair.delete()


@transaction.atomic
def make_pair(
    *,
    cycle: AuditCycle,
    members: Collection[AuditTeamMember],
    made_by: Any,
    reason_for_mix: str = "",
) -> AuditPair:
    """A new pair of members who are in no other. What it lacks is shown, and asked when the team is agreed."""
    refuse_unless_holds(made_by, Right.ARRANGE_CYCLE)
    _open_cycle(cycle)
    _check_members(cycle, members)
    pair = AuditPair.objects.create(
        cycle=cycle, number=next_number(cycle), reason_for_mix=reason_for_mix
    )
    pair.members.set(members)
    record_event(actor=made_by, action="auditpair.make", about=pair)
    return pair


def next_number(cycle: AuditCycle) -> int:
    """The number of the pair that is made next."""
    return (cycle.pairs.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_members(cycle: AuditCycle, members: Collection[AuditTeamMember]) -> None:
    if len({member.pk for member in members}) < 2:
        raise TeamNotOpen("A pair is two people, or three: nobody audits alone.")
    for member in members:
        if member.cycle_id != cycle.pk:
            raise TeamNotOpen(f"{member} is not in the team of {cycle}.")
        if member.pairs.exists():
            raise TeamNotOpen(f"{member} is in a pair already.")


@transaction.atomic
def explain_pair(*, pair: AuditPair, reason: str, explained_by: Any) -> AuditPair:
    """The pair, with why these two audit together although they are alike."""
    refuse_unless_holds(explained_by, Right.ARRANGE_CYCLE)
    _open_cycle(pair.cycle)
    pair.reason_for_mix = reason
    pair.save()
    record_event(actor=explained_by, action="auditpair.explain", about=pair, reason=reason)
    return pair


@transaction.atomic
def dissolve_pair(*, pair: AuditPair, dissolved_by: Any) -> None:
    """Takes the pair apart; its members stay in the team. Not once a case is theirs."""
    refuse_unless_holds(dissolved_by, Right.ARRANGE_CYCLE)
    _open_cycle(pair.cycle)
    if _has_cases(pair):
        raise TeamNotOpen(f"{pair} has been given a case. Give it to another pair first.")
    record_event(actor=dissolved_by, action="auditpair.dissolve", about=pair)
    _drop(pair)


# --- What each auditor does ------------------------------------------------------------------------


@transaction.atomic
def declare_links(
    *,
    member: AuditTeamMember,
    workers: Collection[Any],
    teams: Collection[Any],
    words: str,
    declared_by: Any,
) -> AuditTeamMember:
    """The member, with these links in place of those declared before; none is a declaration too."""
    if declared_by.pk != member.person_id:
        raise PermissionDenied("Links are declared by oneself.")
    fresh = AuditTeamMember.objects.select_for_update().get(pk=member.pk)
    if fresh.cycle.is_over:
        raise TeamNotOpen(f"{fresh.cycle} is over.")
    fresh.conflicts.all().delete()
    for worker in workers:
        ConflictDeclaration.objects.create(member=fresh, worker=worker)
    for team in teams:
        ConflictDeclaration.objects.create(member=fresh, team=team)
    fresh.links, fresh.links_declared_at = words, timezone.now()
    fresh.save()
    record_event(actor=declared_by, action="auditteammember.declare_links", about=fresh)
    return fresh


@transaction.atomic
def acknowledge(
    *, cycle: AuditCycle, person: Any, revisions: Collection[int]
) -> list[Acknowledgement]:
    """The person's acknowledgement of these wordings. `ReadingHasChanged` when one is not the present one."""
    present = {reading.revision_id: reading for reading in readings_of(cycle)}
    if not set(revisions) <= set(present):
        raise ReadingHasChanged(
            "The wording has changed since you opened this page. Read it again."
        )
    made = []
    for revision_id in revisions:
        row, is_new = Acknowledgement.objects.get_or_create(
            cycle=cycle,
            person=person,
            subject=present[revision_id].subject,
            revision_id=revision_id,
        )
        if is_new:
            record_event(actor=person, action="acknowledgement.give", about=row)
        made.append(row)
    return made


# --- Preparation -----------------------------------------------------------------------------------


@transaction.atomic
def record_readiness(
    *,
    person: Any,
    modules_read_on: date | None,
    briefing_attended_on: date | None,
    recorded_by: Any,
) -> AuditorReadiness:
    """What the lead has recorded of this person's preparation, in place of what was recorded before."""
    refuse_unless_holds(recorded_by, Right.RECORD_READINESS)
    if person.pk == recorded_by.pk:
        raise PermissionDenied("Another lead records that you are prepared.")
    readiness, _ = AuditorReadiness.objects.update_or_create(
        person=person,
        defaults={
            "modules_read_on": modules_read_on,
            "briefing_attended_on": briefing_attended_on,
            "recorded_by": recorded_by,
        },
    )
    record_event(actor=recorded_by, action="auditorreadiness.record", about=readiness)
    return readiness


@transaction.atomic
def review_preparation(
    *, programme: AuditProgramme, reviewed_on: date, words: str, changes: str, reviewed_by: Any
) -> PreparationReview:
    """The yearly look at how auditors are prepared (domain.md A75)."""
    refuse_unless_holds(reviewed_by, Right.RECORD_READINESS)
    review = PreparationReview.objects.create(
        programme=programme,
        reviewed_on=reviewed_on,
        words=words,
        changes=changes,
        written_by=reviewed_by,
    )
    record_event(actor=reviewed_by, action="preparationreview.write", about=review)
    return review
