"""A closed cycle with a word in everything that is kept beyond its cases."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from learning.figures.audiences import FIGURES
from learning.figures.scope import scope_up_to
from learning.impact.models import ImpactAssessment
from learning.models import AuditCycle, CycleReport, NothingToRecommend, ReviewAnswer
from learning.people.roles import Role
from learning.plenaries.models import PlenaryNote
from learning.programme.states import CycleState
from learning.recommendations.completion_models import Verification
from learning.recommendations.models import Recommendation
from learning.reports.models import ReportPart
from learning.reports.tables import TABLES
from portal.demo.loader import first_with
from tests.learning.audit import (
    a_board,
    a_cycle,
    a_person,
    a_plenary_note,
    a_recommendation,
    a_round,
)
from tests.learning.retention.conftest import WORDS


def months_back(count: int) -> datetime:
    return timezone.now() - timedelta(days=31 * count)


def a_full_cycle(ref: str, closed_months_ago: int) -> AuditCycle:
    """Notes, reflections, answers, one recommendation that was carried out and tested, and a signed report."""
    closed_at = months_back(closed_months_ago)
    cycle = a_cycle(ref, CycleState.CLOSED, closed_at.date() - timedelta(days=90))
    AuditCycle.objects.filter(pk=cycle.pk).update(closed_at=closed_at)
    cycle.refresh_from_db()
    _papers(cycle)
    recommendation = a_full_recommendation(cycle)
    _report(cycle, recommendation)
    return cycle


def _papers(cycle: AuditCycle) -> None:
    note = a_plenary_note(cycle, strengths=WORDS, to_develop=WORDS)
    note.versions.create(number=1, parts={"strengths": WORDS}, written_by=cycle.lead)
    note.addenda.create(text=WORDS, reason=WORDS, written_by=cycle.lead)
    PlenaryNote.objects.filter(pk=note.pk).update(settled_at=timezone.now())
    NothingToRecommend.objects.create(cycle=cycle, reason=WORDS, stated_by=cycle.lead)
    people = [a_person(f"Aud{cycle.ref}{number}") for number in range(6)]
    cycle.reflections.create(person=people[0], take_back=WORDS, challenged=WORDS, as_auditor=WORDS)
    asked = a_round(cycle, auditors=people, ends_in=-9)
    answer_all(asked)


def answer_all(asked: Any) -> None:
    """Everybody who is asked has answered the first question of their part."""
    for invitation in asked.invitations.all():
        key, _ = asked.questions_for(invitation.part)[0]
        ReviewAnswer.objects.create(
            round=asked, part=invitation.part, question=key, text=f"{WORDS} {invitation.pk}"
        )
    asked.invitations.update(has_answered=True)


def a_full_recommendation(cycle: AuditCycle) -> Recommendation:
    """Everything that is written about a recommendation, with the word in it, and a test with its counts."""
    lead, owner = first_with(Role.LEAD_QA), first_with(Role.SENIOR_MANAGER)
    made = a_recommendation(cycle=cycle, owner=owner, state="issued", level="service")
    rows = Recommendation.objects.filter(pk=made.pk)
    rows.update(
        action=WORDS,
        why=WORDS,
        how_known=WORDS,
        state="closed",
        verified_by=lead,
        verified_at=cycle.closed_at,
        issued_at=cycle.closed_at,
    )
    decided = {"decided_by": lead, "decided_at": cycle.closed_at, "decision_words": WORDS}
    made.updates.create(words=WORDS, written_by=owner)
    confirmation = made.confirmations.create(
        statement=WORDS,
        evidence=WORDS,
        completed_on=timezone.localdate(),
        confirmed_by=owner,
        confirmed_name=str(owner),
    )
    Verification.objects.create(
        confirmation=confirmation, is_accepted=True, words=WORDS, verified_by=lead
    )
    made.extensions.create(
        new_due_date=made.due_date, reason=WORDS, requested_by=owner, is_granted=True, **decided
    )
    made.non_acceptances.create(reason=WORDS, proposed_by=owner, is_approved=False, **decided)
    made.owner_changes.create(from_owner=lead, to_owner=owner, reason=WORDS, given_by=lead)
    made.pauses.create(until=timezone.localdate(), reason=WORDS, paused_by=lead)
    made.system_changes.create(
        words="The list is read aloud.", changed_on=timezone.localdate(), recorded_by=lead
    )
    test = made.impact_tests.create(cycle=cycle, question="Is it read?", planned_by=lead)
    counts = {"before_seen": 6, "before_of": 20, "after_seen": 15, "after_of": 20}
    ImpactAssessment.objects.create(
        test=test, status="established", words=WORDS, assessed_by=lead, **counts
    )
    return rows.get()


def figures_of(cycle: AuditCycle) -> list[Any]:
    """Every figure of the cycle as it would stand in a report taken today."""
    today = timezone.localdate()
    made = [table(cycle, today) for table in TABLES]
    return made + [entry.make(scope_up_to(cycle, today)) for entry in FIGURES]


def _report(cycle: AuditCycle, earlier: Recommendation) -> None:
    lead = first_with(Role.LEAD_QA)
    report = CycleReport.objects.create(cycle=cycle, begun_by=lead, words_reason=WORDS)
    report.figures = [figure.frozen() for figure in figures_of(cycle)]
    report.figures_as_of, report.figures_taken_by = timezone.localdate(), lead
    report.save()
    report.answers.create(recommendation=earlier, words=WORDS, written_by=lead)
    ReportPart.objects.create(report=report, number=1, text=WORDS, written_by=lead)
    ReportPart.objects.create(report=report, number=7, text="", written_by=lead)
    CycleReport.objects.filter(pk=report.pk).update(
        state="considered", signed_at=cycle.closed_at, signed_by=lead, signed_name=str(lead)
    )
    report.addenda.create(text=WORDS, reason=WORDS, written_by=lead)
    board = a_board(order=cycle.pk)
    row = report.considerations.create(board=board)
    row.questions.create(
        text=WORDS, asked_by=lead, answer=WORDS, answered_by=lead, answered_at=cycle.closed_at
    )
    row.considered_on, row.decision, row.minute = cycle.closed_at.date(), "noted", WORDS
    row.recorded_by, row.recorded_at = lead, cycle.closed_at
    row.save()
