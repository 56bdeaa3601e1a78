"""The demo borough's audits are whole, hold what the steps would have held, and are the same on each run."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import CharField, F, Model, TextField

from audit_pages.models import FindingPage
from learning.disclosure.finding import LocalKnowledge, find_identifiers
from learning.disclosure.hints import hints_in
from learning.disclosure.kinds import TOLD_INSIDE, Kind
from learning.escalations.models import Escalation, EscalationHandover, EscalationNote
from learning.evidence.models import PageEvidence
from learning.feedback.models import FamilyFeedback, SafetyCheck
from learning.feedback.states import SETTLED
from learning.hours.models import LoggedHours
from learning.impact.models import ImpactTest
from learning.plenaries.models import PlenaryNote
from learning.plenaries.services import parts_of
from learning.programme.models import AuditCycle, AuditPair, AuditTeamMember
from learning.programme.permissions import may_audit
from learning.programme.states import CycleState
from learning.recommendations.completion_models import (
    CompletionConfirmation,
    RecommendationUpdate,
    Verification,
)
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.models import Recommendation
from learning.recommendations.statements import check_statement
from learning.recommendations.states import DerivedStatus, RecommendationState
from learning.recommendations.status_days import status_days
from learning.reflections.models import AuditorReflection
from learning.selection.certificate import file_of, what_is_wrong
from learning.selection.models import (
    AttendanceConfirmation,
    FrameCase,
    RecordingConfirmation,
    SampledCase,
    SelectionDraw,
)
from learning.selection.states import CaseState
from learning.submissions.grades import grades_in
from learning.submissions.models import (
    QualityAssuranceReview,
    SectionEntry,
    WorkerReply,
)
from learning.submissions.states import SubmissionState
from learning.submissions.submitting import missing_for_submission, still_to_confirm
from portal.demo.audits.loading import load_audits
from portal.demo.audits.quarters import CLOSED
from tests.portal.demo_audits import LOOKED_AT, audits, closed_audits, counted  # noqa: F401

pytestmark = pytest.mark.django_db

CASES, AUDITORS, PAIRS, ON_THE_LIST = 24, 12, 6, 120
AROUND_THE_STORIES: list[type[Model]] = [
    AttendanceConfirmation,
    Escalation,
    EscalationHandover,
    EscalationNote,
    ExtensionRequest,
    FamilyFeedback,
    NonAcceptance,
    QualityAssuranceReview,
    RecommendationUpdate,
    RecordingConfirmation,
    SafetyCheck,
    Verification,
    WorkerReply,
]
"""What has words that are not a story's: those are tested where they are written."""


def test_each_closed_cycle_has_its_audits_team_and_list() -> None:
    of_cycle = {"cycle__ref__in": CLOSED}
    closed = AuditCycle.objects.filter(ref__in=CLOSED, state=CycleState.CLOSED)
    assert closed.count() == len(CLOSED) == 8
    assert counted(closed_audits(), "case__cycle__ref") == dict.fromkeys(CLOSED, CASES)
    members = AuditTeamMember.objects.filter(**of_cycle)
    assert counted(members, "cycle__ref") == dict.fromkeys(CLOSED, AUDITORS)
    pairs = AuditPair.objects.filter(**of_cycle)
    assert counted(pairs, "cycle__ref") == dict.fromkeys(CLOSED, PAIRS)
    frame = FrameCase.objects.filter(frame__draw__cycle__ref__in=CLOSED)
    assert counted(frame, "frame__draw__cycle__ref") == dict.fromkeys(CLOSED, ON_THE_LIST)


def test_each_cycle_covers_all_areas_and_tells_no_story_twice() -> None:
    sample = SampledCase.objects.filter(cycle__ref__in=CLOSED, state=CaseState.COMPLETE)
    areas = Counter(ref for ref, _ in set(sample.values_list("cycle__ref", "area")))
    assert areas == dict.fromkeys(CLOSED, 8)
    days = SectionEntry.objects.filter(
        submission__case__cycle__ref__in=CLOSED, section__key="lived_experience"
    )
    told = Counter(days.values_list("submission__case__cycle__ref", "saw"))
    assert len(told) == len(CLOSED) * CASES


def test_a_second_load_adds_nothing() -> None:
    def rows() -> dict[str, int]:
        models = apps.get_app_config("learning").get_models()
        return {model.__name__: model._base_manager.count() for model in models}

    before = rows()
    load_audits()
    assert rows() == before


def test_each_certificate_comes_out_the_same(tmp_path: Path) -> None:
    draws = list(SelectionDraw.objects.filter(cycle__ref__in=CLOSED))
    assert len(draws) == len(CLOSED)
    for draw in draws:
        content = file_of(draw.certificate)
        assert what_is_wrong(content) == []
        (tmp_path / "certificate.json").write_bytes(content)
        call_command("verify_draw", str(tmp_path / "certificate.json"))


def test_the_draw_is_the_same_on_every_machine() -> None:
    draw = SelectionDraw.objects.get(cycle__ref="2024-Q4")
    assert draw.certificate["fingerprint"] == FINGERPRINT


FINGERPRINT = "6ce13bc424f0092dd49577ff92650327e8cdba17f7df52e1504205c4a370f640"


def test_no_pair_audits_what_it_must_not() -> None:
    cases = SampledCase.objects.filter(pair__isnull=False).select_related("worker", "team")
    loads = Counter(cases.values_list("pair", flat=True))
    assert max(loads.values()) <= 6
    for case in cases.prefetch_related("pair__members__person", "pair__members__conflicts"):
        members = case.pair.members.all()
        assert len(members) == 2
        for member in members:
            assert may_audit(member, case.worker, team=case.team) == []


def test_every_closed_audit_is_whole_confirmed_and_locked() -> None:
    for submission in closed_audits().select_related("case__area", "form"):
        assert missing_for_submission(submission) == []
        assert still_to_confirm(submission) == []
        assert submission.state == SubmissionState.LOCKED
        assert submission.began_at < submission.submitted_at < submission.quality_assured_at
        assert (
            submission.quality_assured_at < submission.locked_at < submission.case.cycle.closed_at
        )


def test_the_database_holds_what_is_locked() -> None:
    entry = SectionEntry.objects.filter(submission__in=closed_audits()).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        SectionEntry.objects.filter(pk=entry.pk).update(saw="Something else.")


def test_every_family_was_heard_or_there_is_a_reason() -> None:
    asked = FamilyFeedback.objects.filter(submission__in=closed_audits())
    assert counted(asked, "submission").keys() == set(closed_audits().values_list("pk", flat=True))
    assert set(asked.values_list("state", flat=True)) == set(SETTLED)
    assert not asked.filter(settled_at=None).exists()


def test_recommendations_are_verified_by_somebody_else_in_good_order() -> None:
    done = Recommendation.objects.filter(verified_at__isnull=False)
    assert done.count() > 200
    assert not done.filter(verified_by=F("owner")).exists()
    assert not done.filter(verified_at__lt=F("issued_at")).exists()
    for verification in Verification.objects.select_related("confirmation"):
        assert verification.verified_by_id != verification.confirmation.confirmed_by_id
        assert verification.verified_at > verification.confirmation.confirmed_at


def test_every_statement_of_completion_would_have_been_taken() -> None:
    rows = CompletionConfirmation.objects.select_related("recommendation", "confirmed_by")
    for row in rows:
        before = Recommendation(
            pk=0,
            action=row.recommendation.action,
            why=row.recommendation.why,
            how_known=row.recommendation.how_known,
        )
        check_statement(
            before,
            statement=row.statement,
            completed_on=min(row.completed_on, date.today()),
            evidence=row.evidence,
            full_name=row.confirmed_name,
            confirmed_by=row.confirmed_by,
        )


def test_recommendations_show_every_derived_status() -> None:
    counts = Recommendation.objects.status_counts(status_days(LOOKED_AT))
    assert {status for status in DerivedStatus if counts[status]} == set(DerivedStatus)
    assert Recommendation.objects.exclude(due_date=F("original_due_date")).exists()
    superseded = Recommendation.objects.filter(state=RecommendationState.SUPERSEDED)
    assert superseded.exists() and not superseded.filter(superseded_by=None).exists()


def test_what_was_tested_again_had_been_carried_out() -> None:
    tests = ImpactTest.objects.select_related("recommendation", "cycle")
    assert tests.count() == 8
    for test in tests:
        assert test.recommendation.verified_at < test.planned_at
        assert test.assessment.before and test.assessment.after


def test_each_finding_rests_on_as_many_audits_of_its_quarter_as_it_was_seen_in() -> None:
    for page in FindingPage.objects.filter(quarter__in=CLOSED):
        rows = PageEvidence.objects.filter(page_id=page.pk)
        quarters = set(rows.values_list("submission__case__cycle__quarter", flat=True))
        assert rows.count() == page.seen_in
        assert quarters == {page.quarter}


def test_nobody_could_be_known_by_what_was_written_around_the_stories() -> None:
    texts = {text for model in AROUND_THE_STORIES for text in texts_of(model)}
    assert len(texts) > 30
    found = [
        (text[span.start : span.end], text)
        for text in sorted(texts)
        for span in find_identifiers(text, LocalKnowledge())
        if span.kind not in TOLD_INSIDE | {Kind.SMALL_COUNT}
    ]
    assert found == []


def texts_of(model: type[Model]) -> Iterator[str]:
    """Every text of every row."""
    fields = [f.name for f in model._meta.fields if isinstance(f, TextField | CharField)]
    for row in model._base_manager.values_list(*fields):
        yield from filter(None, row)


def test_each_day_was_talked_about_without_a_grade_or_a_name() -> None:
    notes = PlenaryNote.objects.filter(day__cycle__ref__in=CLOSED, settled_at__isnull=False)
    assert counted(notes.written(), "day__cycle__ref") == dict.fromkeys(CLOSED, 2)
    texts = [text for note in PlenaryNote.objects.all() for text in parts_of(note).values()]
    assert not [text for text in texts if isinstance(text, str) and grades_in(text)]
    assert not hints_in([text for text in texts if isinstance(text, str)])
    asked = Recommendation.objects.filter(cycle__ref__in=CLOSED, submission__isnull=True)
    assert asked.exists()
    assert not asked.filter(plenaries__isnull=True).exists()
    assert [note.day.number for note in PlenaryNote.objects.filter(settled_at=None)] == [1]


def test_auditors_gave_hours_and_one_shared_a_reflection() -> None:
    logged = LoggedHours.objects.filter(activity="plenary")
    assert counted(logged, "cycle__ref") == dict.fromkeys(CLOSED, AUDITORS)
    shared = AuditorReflection.objects.exclude(shared_with=None)
    assert [row.shared_with for row in shared] == [row.person.line_manager for row in shared]
    assert (shared.count(), AuditorReflection.objects.count()) == (1, 3)
