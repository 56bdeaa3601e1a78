"""A cycle with many audits and all that hangs on them, around the people of the permission matrix."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle, islice
from typing import Any

from django.utils import timezone

from audit_pages.models import FindingPage
from learning.access.matrix import Relation
from learning.access.models import AccessEvent
from learning.escalations.states import EscalationState
from learning.feedback.states import AskedPerson, FeedbackState
from learning.impact.models import ImpactAssessment, ImpactTest, SystemChange
from learning.letters.states import LetterState
from learning.models import AuditCycle, AuditSubmission, PageEvidence, StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditorExpression
from learning.recommendations.completion_models import CompletionConfirmation, RecommendationUpdate
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.models import Recommendation
from learning.recommendations.states import OPEN, RecommendationState
from learning.selection.models import SampledCase
from learning.selection.states import CaseState
from learning.submissions.states import SubmissionState
from learning.vocabulary.choices import RecommendationLevel
from learning.vocabulary.models import AreaOfWork, Theme
from tests.learning.audit import (
    a_countdown_task,
    a_family_feedback,
    a_letter,
    a_pair,
    a_prepared_person,
    a_recommendation,
    a_report,
    a_sampled_case,
    a_submission,
    an_escalation,
    parts_of_submission,
)

PLENTY = {RecommendationState.VERIFIED, RecommendationState.CLOSED}


@dataclass(frozen=True)
class Crowd:
    """Those whose lists grow: every second thing is theirs, the others are other people's."""

    auditor: StaffMember
    worker: StaffMember
    owner: StaffMember
    manager: StaffMember
    lead: StaffMember
    senior: StaffMember
    editor: StaffMember

    @classmethod
    def of(cls, members: Mapping[str, StaffMember]) -> "Crowd":
        return cls(
            auditor=members[Relation.AUDITOR.name],
            worker=members[Relation.AUDITEE.name],
            owner=members[Relation.OWNER.name],
            manager=members[Relation.LINE_MANAGER.name],
            lead=members[Role.LEAD_QA.value],
            senior=members[Role.SENIOR_MANAGER.value],
            editor=members[Role.EDITOR.value],
        )


def add_audits(cycle_of_all: AuditCycle, crowd: Crowd, number: int, batch: str) -> None:
    """So many audits more, each with its case, family, recommendation, letter and evidence, in every state."""
    colleagues = _colleagues(cycle_of_all, crowd, max(2, number // 10), batch)
    pairs = [a_pair(cycle_of_all, crowd.auditor, one) for one in colleagues[::2]]
    audits = [
        _audit(cycle_of_all, worker, pair, area)
        for worker, pair, area in islice(
            zip(
                cycle((crowd.worker, *colleagues)),
                cycle(pairs),
                cycle(AreaOfWork.objects.filter(is_active=True)),
                strict=False,
            ),
            number,
        )
    ]
    _ask_families(audits)
    _recommend(audits, cycle_of_all, crowd, colleagues)
    _write_letters(audits, crowd)
    _escalate(audits[::10], crowd)
    _publish(audits, crowd)
    _tell_states(audits)
    for turn in range(max(1, number // 10)):
        a_countdown_task(cycle_of_all, key=f"{batch}-{turn}").save()


def add_cycles(crowd: Crowd, first_year: int, number: int) -> None:
    """So many cycles more, one a year, each with a report that boards may read."""
    from tests.learning.audit import a_cycle

    for year in range(first_year, first_year + number):
        later = a_cycle(f"{year}-Q1", "closed", timezone.localdate() - timedelta(days=300))
        report = a_report(later, "with_boards")
        report.considerations.create(
            board=crowd.senior.boards.first(), considered_on=timezone.localdate(), minute="Noted."
        )


def _colleagues(
    cycle_of_all: AuditCycle, crowd: Crowd, number: int, batch: str
) -> list[StaffMember]:
    """New people whom the manager manages, who offer to audit."""
    found = [
        a_prepared_person(f"c{batch}x{turn}", line_manager=crowd.manager, team=crowd.worker.team)
        for turn in range(number)
    ]
    AuditorExpression.objects.bulk_create(
        AuditorExpression(cycle=cycle_of_all, person=person) for person in found
    )
    return found


def _audit(cycle_of_all: AuditCycle, worker: Any, pair: Any, area: AreaOfWork) -> AuditSubmission:
    case = a_sampled_case(cycle_of_all, worker=worker, pair=pair, area=area.code)
    submission = a_submission(case)
    parts_of_submission(submission)
    return submission


def _ask_families(audits: list[AuditSubmission]) -> None:
    theme = Theme.objects.order_by("pk")[0]
    for audit, state, asked in zip(audits, cycle(FeedbackState), cycle(AskedPerson), strict=False):
        feedback = a_family_feedback(audit, state, asked=asked)
        feedback.raised.create(theme=theme, view="same")


def _recommend(
    audits: list[AuditSubmission], cycle_of_all: AuditCycle, crowd: Crowd, others: list[StaffMember]
) -> None:
    """One out of each audit, half of them the owner's own; every second reaches beyond the case."""
    levels = cycle((RecommendationLevel.CASE, RecommendationLevel.SERVICE))
    owners = cycle((crowd.owner, crowd.manager, *others))
    rows = []
    for audit, state, level, owner in zip(
        audits, cycle(RecommendationState), levels, owners, strict=False
    ):
        is_of_case = level == RecommendationLevel.CASE
        row = a_recommendation(
            audit if is_of_case else None,
            owner=owner,
            cycle=cycle_of_all,
            state=state,
            level=level,
        )
        row.themes.set(Theme.objects.order_by("pk")[:2])
        rows.append(row)
    done = [row for row in rows if row.state in PLENTY]
    Recommendation.objects.filter(pk__in=[row.pk for row in done]).update(
        verified_at=timezone.now(), verified_by=crowd.lead
    )
    _say_how_it_goes(rows, crowd)
    _test_again(done, crowd)


def _say_how_it_goes(rows: list[Recommendation], crowd: Crowd) -> None:
    stated = [row for row in rows if row.state == RecommendationState.COMPLETION_CONFIRMED]
    is_open = [row for row in rows if row.state in OPEN]
    RecommendationUpdate.objects.bulk_create(
        RecommendationUpdate(recommendation=row, words="Begun.", written_by=row.owner)
        for row in rows
    )
    CompletionConfirmation.objects.bulk_create(
        CompletionConfirmation(
            recommendation=row,
            statement="Agreed with the family.",
            completed_on=timezone.localdate(),
            evidence="A note",
            confirmed_by=row.owner,
            confirmed_name=str(row.owner),
        )
        for row in stated
    )
    ExtensionRequest.objects.bulk_create(
        ExtensionRequest(
            recommendation=row,
            new_due_date=row.due_date + timedelta(days=20),
            reason="The release is late.",
            requested_by=row.owner,
        )
        for row in is_open[::2]
    )
    NonAcceptance.objects.bulk_create(
        NonAcceptance(recommendation=row, reason="It ends.", proposed_by=row.owner)
        for row in is_open[1::2]
    )


def _test_again(done: list[Recommendation], crowd: Crowd) -> None:
    """Each that was carried out is tested in its own cycle; every second is assessed."""
    for row, turn in zip(done, count(), strict=False):
        SystemChange.objects.create(
            recommendation=row,
            words="It is asked at once.",
            changed_on=timezone.localdate(),
            recorded_by=crowd.lead,
        )
        test = ImpactTest.objects.create(
            recommendation=row, cycle=row.cycle, question="Seen?", planned_by=crowd.lead
        )
        if turn % 2:
            ImpactAssessment.objects.create(
                test=test, status="emerging", words="More of it.", assessed_by=crowd.lead
            )


def _write_letters(audits: list[AuditSubmission], crowd: Crowd) -> None:
    for audit, state in zip(audits, cycle(LetterState), strict=False):
        a_letter(audit, writer=crowd.senior, state=state)


def _escalate(audits: list[AuditSubmission], crowd: Crowd) -> None:
    """Some of them could not wait, in every state."""
    for audit, state in zip(audits, cycle(EscalationState), strict=False):
        an_escalation(audit, recipient=crowd.senior, state=state, named_manager=crowd.manager)


def _publish(audits: list[AuditSubmission], crowd: Crowd) -> None:
    """They stand behind findings, and were looked at."""
    pages = FindingPage.objects.live().order_by("pk")[:40]
    PageEvidence.objects.bulk_create(
        PageEvidence(page_id=page.pk, submission=audit, named_by=crowd.lead)
        for page, audit in zip(cycle(pages), audits, strict=False)
    )
    AccessEvent.objects.bulk_create(
        AccessEvent(
            user_id=crowd.editor.pk,
            action=AccessEvent.Action.VIEWED,
            object_type="learning.auditsubmission",
            object_id=str(audit.pk),
        )
        for audit in audits
    )


def _tell_states(audits: list[AuditSubmission]) -> None:
    """Every audit and case in another state, once all is written: what is locked never changes."""
    cases = [state for state in CaseState if state != CaseState.RESERVE]
    for audit, state, of_case in zip(audits, cycle(SubmissionState), cycle(cases), strict=False):
        AuditSubmission.objects.filter(pk=audit.pk).update(state=state)
        SampledCase.objects.filter(pk=audit.case_id).update(state=of_case)
