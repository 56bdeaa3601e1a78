"""Planning a test of impact, and saying honestly what it showed (domain.md A71–A72, E5)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.impact.comparing import Verdict, verdict
from learning.impact.models import ImpactAssessment, ImpactTest, SystemChange
from learning.impact.states import NOT_YET, SET_ASIDE, ImpactStatus
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.states import CARRIED_OUT
from learning.selection.models import SampledCase
from learning.selection.states import AUDITED_STATES
from learning.submissions.wording import refused_in

Counts = tuple[int, int] | None


class ImpactNotPossible(Refusal):
    """This cannot be recorded, planned or said; the message is for the person who tried."""


class MoreThanTheCountsSay(ImpactNotPossible):
    """The word says more than the samples can bear."""


@transaction.atomic
def record_system_change(
    *, recommendation: Recommendation, words: str, changed_on: date, recorded_by: Any
) -> SystemChange:
    """What works differently now because of a recommendation that was carried out."""
    _office_only(recorded_by)
    _check_carried_out(recommendation)
    if changed_on > timezone.localdate():
        raise ImpactNotPossible(
            "This day is still to come. Record the change when it has happened."
        )
    change = SystemChange.objects.create(
        recommendation=recommendation,
        words=words,
        changed_on=changed_on,
        recorded_by=recorded_by,
    )
    record_event(actor=recorded_by, action="impact.system_change", about=recommendation)
    return change


@transaction.atomic
def plan_test(
    *, recommendation: Recommendation, cycle: AuditCycle, question: str, planned_by: Any
) -> ImpactTest:
    """The test that a later cycle makes."""
    _office_only(planned_by)
    _check_carried_out(recommendation)
    if recommendation.is_disposed:
        raise ImpactNotPossible("Its words were disposed of: there is nothing to ask again.")
    if cycle.ref <= recommendation.cycle.ref or not cycle.is_before_the_days:
        raise ImpactNotPossible(
            "Choose a later cycle whose days are still to come, so that the question can be asked."
        )
    if wrong := refused_in(question):
        raise ImpactNotPossible(f"Every pair of the cycle reads the question. {' '.join(wrong)}")
    test, is_new = ImpactTest.objects.get_or_create(
        recommendation=recommendation,
        cycle=cycle,
        defaults={"question": question, "planned_by": planned_by},
    )
    if not is_new:
        raise ImpactNotPossible("This cycle tests it already.")
    record_event(actor=planned_by, action="impact.plan", about=recommendation)
    return test


@transaction.atomic
def assess_impact(
    *,
    test: ImpactTest,
    before: Counts,
    after: Counts,
    status: ImpactStatus,
    words: str,
    assessed_by: Any,
) -> ImpactAssessment:
    """What the test showed, in a word that the counts can bear. Never by the recommendation's owner."""
    _office_only(assessed_by)
    if test.recommendation.owner_id == assessed_by.pk:
        raise PermissionDenied("The owner of a recommendation does not assess its effect.")
    _check_ready(ImpactTest.objects.select_for_update().get(pk=test.pk))
    _check_counts(test, before, after)
    _check_bearable(test, before, after, status)
    assessment = ImpactAssessment.objects.create(
        test=test,
        before_seen=before and before[0],
        before_of=before and before[1],
        after_seen=after and after[0],
        after_of=after and after[1],
        status=status,
        words=words,
        assessed_by=assessed_by,
    )
    record_event(actor=assessed_by, action="impact.assess", about=test.recommendation)
    return assessment


def _check_ready(test: ImpactTest) -> None:
    if ImpactAssessment.objects.filter(test=test).exists():
        raise ImpactNotPossible("This test has been assessed. A later cycle can test again.")
    if test.cycle.state in SET_ASIDE:
        raise ImpactNotPossible(
            f"{test.cycle} was put off or cancelled, and asked nothing. Plan the test in another cycle."
        )
    if test.cycle.state in NOT_YET:
        raise ImpactNotPossible(
            f"The days of {test.cycle} are still to come. Assess it when its audits are done."
        )


def _check_counts(test: ImpactTest, before: Counts, after: Counts) -> None:
    """Refuses more audits than were made: in the cycle that asks, and from the recommendation's up to it."""
    asking, first = test.cycle, test.recommendation.cycle
    audited = SampledCase.objects.filter(state__in=AUDITED_STATES)
    earlier = audited.filter(cycle__ref__gte=first.ref, cycle__ref__lt=asking.ref)
    _check_most("before_of", before, earlier.count(), f"from {first} up to then")
    _check_most("after_of", after, audited.filter(cycle=asking).count(), f"in {asking}")


def _check_most(field: str, counts: Counts, most: int, where: str) -> None:
    if counts is not None and counts[1] > most:
        refusal = ImpactNotPossible(f"That is more audits than were made {where}: {most}.")
        refusal.field = field
        raise refusal


def _check_bearable(test: ImpactTest, before: Counts, after: Counts, status: ImpactStatus) -> None:
    """Refuses a word that the counts contradict or cannot bear."""
    found = verdict(before, after)
    better = (ImpactStatus.EMERGING, ImpactStatus.ESTABLISHED, ImpactStatus.SUSTAINED)
    firm = (ImpactStatus.ESTABLISHED, ImpactStatus.SUSTAINED, ImpactStatus.DETERIORATED)
    if found == Verdict.CANNOT_TELL and status in firm:
        raise MoreThanTheCountsSay(
            "The samples cannot tell whether anything has changed. Say that it is too early, that no "
            "change was seen, or that change is emerging, and what that rests on."
        )
    if found == Verdict.FEWER and status in better:
        raise MoreThanTheCountsSay(
            "It was seen in fewer audits than before: that is no improvement."
        )
    if found == Verdict.MORE and status == ImpactStatus.DETERIORATED:
        raise MoreThanTheCountsSay("It was seen in more audits than before: that is not worse.")
    if status == ImpactStatus.SUSTAINED and not _was_established(test):
        raise MoreThanTheCountsSay(
            "Nothing is sustained that was not established before: an earlier test has to say so."
        )


def _was_established(test: ImpactTest) -> bool:
    earlier = ImpactAssessment.objects.filter(
        test__recommendation=test.recommendation, test__cycle__ref__lt=test.cycle.ref
    )
    return earlier.filter(status__in=(ImpactStatus.ESTABLISHED, ImpactStatus.SUSTAINED)).exists()


def _check_carried_out(recommendation: Recommendation) -> None:
    if recommendation.state not in CARRIED_OUT:
        raise ImpactNotPossible("This comes after somebody has verified that it was carried out.")


def _office_only(person: Any) -> None:
    if not holds(person, Right.ASSESS_IMPACT):
        raise PermissionDenied("Only leads and QA officers record and test impact.")
