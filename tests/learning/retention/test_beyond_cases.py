"""What a cycle has beyond its cases ends as well: papers, recommendations, its report (domain.md D8)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.events.emptying_rules import GONE
from learning.events.services import record_event
from learning.impact.ledger import entries_of, ledger_rows
from learning.impact.services import ImpactNotPossible, plan_test
from learning.models import (
    AuditCycle,
    AuditorReflection,
    AuditSettings,
    BoardConsideration,
    CycleReport,
    DisposalItem,
    ImpactTest,
    ProcessReview,
    ReviewAnswer,
)
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.plenaries.models import PlenaryNote as Note
from learning.recommendations.models import Recommendation
from learning.recommendations.status_days import status_days
from learning.reports.selectors import overseen, to_oversee
from learning.reports.wording import WRITTEN
from learning.retention import services
from learning.retention.due_of_cycles import papers_due, recommendations_due, reports_due
from learning.retention.holds import hold_back
from learning.retention.refusals import RetentionNotPossible
from learning.retention.states import DisposalKind
from learning.retention.words import OF_RECOMMENDATION, OF_REPORT, PAPERS
from tests.learning.audit import a_cycle, a_recommendation
from tests.learning.retention.conftest import CANARY, a_full_audit
from tests.learning.retention.full_cycles import (
    a_full_cycle,
    figures_of,
)
from tests.learning.retention.test_disposing import everywhere, forgotten

pytestmark = pytest.mark.django_db
OLD, RECENT = "2019-Q1", "2022-Q1"
TODAY = timezone.localdate()


@pytest.fixture
def old(person: Callable[[Role], StaffMember]) -> AuditCycle:
    """Closed 80 months ago: everything of it is due."""
    return a_full_cycle(OLD, 80)


@pytest.fixture
def lead(person: Callable[[Role], StaffMember]) -> StaffMember:
    return person(Role.LEAD_QA)


@pytest.fixture
def governance(person: Callable[[Role], StaffMember]) -> StaffMember:
    return person(Role.INFORMATION_GOVERNANCE)


@pytest.fixture
def approve(lead: StaffMember, governance: StaffMember) -> Callable[[], Any]:
    def drawn_up_and_approved() -> Any:
        disposal = services.draw_up_list(drawn_up_by=lead)
        services.check_list(disposal=disposal, checked_by=lead)
        return services.approve_list(disposal=disposal, approved_by=governance)

    return drawn_up_and_approved


def due_kinds() -> set[str]:
    try:
        return {item.kind for item in services.draw_up_list(drawn_up_by=None).items.all()}
    except RetentionNotPossible:
        return set()


def test_the_cycle_has_a_word_in_every_column(old: AuditCycle) -> None:
    recommendation = old.recommendations.get()
    for kinds, thing in ((PAPERS, old), (OF_RECOMMENDATION, recommendation), (OF_REPORT, old)):
        for words in kinds:
            for name in words.columns:
                rows = words.of(thing).filter(**{f"{name}__contains": CANARY})
                assert rows.exists(), (words.model, name)
            assert words.of(thing).exists(), words.model


KEPT_ON_PURPOSE = {
    "Recommendation.ref",
    "CompletionConfirmation.confirmed_name",  # who signed
    "SystemChange.words",  # the ledger rests on it
    "ImpactTest.question",  # its numbers answer it
    "CycleReport.signed_name",
    "CycleReport.figures",  # the tables of words go, those that count stay
    "PlenaryVersion.parts",  # rows that go
    "ReviewAnswer.question",  # rows that go
    "ReviewRound.questions",  # as everybody was asked
    "LegalHold.reason",
    "LegalHold.end_reason",
    "DisposalItem.counts",
    "DisposalItem.left_out_because",
}


@pytest.mark.parametrize(
    ("model", "kinds"),
    [(Recommendation, OF_RECOMMENDATION + OF_REPORT), (CycleReport, OF_REPORT), (Note, PAPERS)],
)
def test_every_text_is_thought_of(model: Any, kinds: Any) -> None:
    """Whoever hangs a new table with text on one of these says here, or in `words.py`, what becomes of it."""
    texts = [(words.model._default_manager.all(), words.columns) for words in kinds]
    assert set(forgotten(model, texts)) <= KEPT_ON_PURPOSE


def test_not_one_word_is_left_anywhere(old: AuditCycle, approve: Any) -> None:
    assert {"learning_plenarynote", "learning_cyclereport", "learning_verification"} <= everywhere(
        CANARY
    )
    approve()
    services.carry_out()
    assert everywhere(CANARY) == set()
    kinds = DisposalItem.objects.filter(done_at__isnull=False).values_list("kind", flat=True)
    assert set(kinds) == {"papers", "recommendation", "report"}
    assert due_kinds() == set(), "and nothing is due twice"


def numbers(cycle: AuditCycle, lead: StaffMember) -> list[Any]:
    """What boards, the ledger and figures say, without the columns that repeat words."""
    told = []
    for figure in figures_of(cycle):
        written = WRITTEN.get(figure.key, ())
        keep = [place for place, name in enumerate(figure.columns) if name not in written]
        told.append(
            (figure.key, figure.note, [[row[place] for place in keep] for row in figure.table])
        )
    ledger = entries_of(ledger_rows(lead), lead)
    return [
        told,
        [
            (one.recommendation.ref, one.status, [(s.counts, s.verdict) for s in one.tests])
            for one in ledger
        ],
        [(o.recommendation.ref, o.status, o.age, o.impact) for o in overseen(to_oversee(), TODAY)],
        Recommendation.objects.status_counts(status_days(TODAY)),
        list(
            Recommendation.objects.order_by("pk").values_list(
                "ref",
                "level",
                "state",
                "themes",
                "due_date",
                "original_due_date",
                "verified_at",
                "owner",
            )
        ),
        list(BoardConsideration.objects.values_list("board", "considered_on", "decision")),
    ]


def test_figures_ledger_and_trackers_say_the_same_afterwards(
    old: AuditCycle, lead: StaffMember, approve: Any
) -> None:
    later = a_full_cycle("2019-Q2", 3)
    report = CycleReport.objects.get(cycle=old)
    counting = [figure for figure in report.figures if figure["key"] not in WRITTEN]
    before = [numbers(cycle, lead) for cycle in (old, later)]
    approve()
    services.carry_out()
    assert old.recommendations.get().is_disposed
    assert [numbers(cycle, lead) for cycle in (old, later)] == before
    report.refresh_from_db()
    assert report.figures == counting and len(counting) > 20
    assert not later.recommendations.get().is_disposed
    assert CycleReport.objects.get(cycle=later).parts.filter(text__contains=CANARY).exists()


def test_each_page_says_that_the_words_are_gone(
    old: AuditCycle, lead: StaffMember, approve: Any, sign_in: Any
) -> None:
    reflection = AuditorReflection.objects.get()
    writer = reflection.person
    old.team.create(person=writer)
    approve()
    services.carry_out()
    client, recommendation = sign_in(lead), old.recommendations.get()
    pages = {
        recommendation.get_absolute_url(): "What was written here and about it was disposed of",
        reverse("recommendations:register") + "?whose=all": GONE,
        reverse("impact:ledger"): GONE,
        reverse("reports:report", args=[old.ref]): "What was written in it was disposed of",
        reverse("plenaries:cycle", args=[old.ref]): "What was said was disposed of",
        reverse("plenaries:wall", args=[old.ref]): "What was said was disposed of",
        old.review_round.get_absolute_url(): "What they answered was disposed of",
    }
    for url, sentence in pages.items():
        answer = client.get(url)
        assert answer.status_code == 200 and sentence in answer.text, url
        assert CANARY not in answer.text, url
    ledger = client.get(reverse("impact:ledger")).text
    assert "Is it read?" in ledger and "15 of 20 audits" in ledger and "read aloud" in ledger
    assert "6 of 6 answered" in client.get(old.review_round.get_absolute_url()).text
    docx = client.get(reverse("reports:download_docx", args=[old.ref]))
    assert docx.status_code == 200
    own = sign_in(writer)
    page = own.get(reverse("reflections:write", args=[old.ref]))
    assert "What you wrote was disposed of" in page.text and "Keep it" not in page.text
    again = {"take_back": "Anew.", "challenged": "", "as_auditor": ""}
    own.post(reverse("reflections:write", args=[old.ref]), again)
    reflection.refresh_from_db()
    assert reflection.take_back == GONE


def test_the_certificate_names_each_by_its_reference(
    old: AuditCycle, lead: StaffMember, approve: Any, sign_in: Any
) -> None:
    disposal = approve()
    services.carry_out()
    page = sign_in(lead).get(disposal.get_absolute_url()).text
    assert "Certificate of disposal" in page and old.recommendations.get().ref in page
    assert "Cycle report: what was written in it" in page and CANARY not in page


# --- Not too early ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "due"),
    [(35, set()), (37, {"papers"}), (70, {"papers"}), (73, {"papers", "recommendation", "report"})],
)
def test_papers_go_with_the_audits_the_others_after_six_years(
    months: int, due: set[str], lead: StaffMember
) -> None:
    a_full_cycle(OLD, months)
    assert due_kinds() == due


def test_the_months_are_settings(lead: StaffMember) -> None:
    a_full_cycle(OLD, 14)
    AuditSettings.objects.update_or_create(
        defaults={
            "keep_audits_months": 120,
            "keep_recommendations_months": 12,
            "keep_reports_months": 120,
        }
    )
    assert due_kinds() == {"recommendation"}


@pytest.mark.parametrize("state", ["reporting", "with_boards", "in_progress"])
def test_a_cycle_that_was_opened_again_keeps_everything(
    state: str, old: AuditCycle, approve: Any
) -> None:
    disposal = approve()
    AuditCycle.objects.filter(pk=old.pk).update(state=state, closed_at=None)
    services.carry_out()
    assert "learning_reportpart" in everywhere(CANARY)
    reasons = {item.left_out_because for item in disposal.items.all()}
    assert reasons == {services.NO_LONGER_DUE}


@pytest.mark.parametrize(
    "state",
    ["draft", "issued", "acknowledged", "in_progress", "completion_confirmed", "returned"],
)
def test_what_is_open_is_not_due_nor_the_report_that_it_stands_in(
    state: str, old: AuditCycle
) -> None:
    Recommendation.objects.update(state=state)
    assert not recommendations_due().exists() and not reports_due().exists()
    assert papers_due().exists()


def test_what_another_took_the_place_of_waits_for_it(old: AuditCycle, lead: StaffMember) -> None:
    successor = a_recommendation(cycle=a_cycle(RECENT), owner=lead, state="in_progress")
    old.recommendations.update(state="superseded", superseded_by=successor)
    assert not recommendations_due().exists()
    Recommendation.objects.filter(pk=successor.pk).update(state="closed")
    assert recommendations_due().get().cycle == old


def test_it_waits_for_a_test_that_nobody_assessed(old: AuditCycle, lead: StaffMember) -> None:
    asking = a_cycle(RECENT)
    test = ImpactTest.objects.create(
        recommendation=old.recommendations.get(), cycle=asking, question="Now?", planned_by=lead
    )
    assert not recommendations_due().exists()
    AuditCycle.objects.filter(pk=asking.pk).update(state="cancelled")
    assert recommendations_due().exists(), "a cycle that does not take place asks nothing"
    test.refresh_from_db()


def test_its_time_runs_from_its_last_step(old: AuditCycle, lead: StaffMember) -> None:
    record_event(actor=lead, action="recommendation.close", about=old.recommendations.get())
    assert not recommendations_due().exists() and reports_due().exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda old, lead: record_event(actor=lead, action="cyclereport.add", about=old.report),
        lambda old, lead: old.report.considerations.create(board=_board(old)),
        lambda old, lead: _row(old).questions.create(text="And now?", asked_by=lead),
    ],
)
def test_a_report_waits_for_its_boards_and_for_its_last_word(
    change: Any, old: AuditCycle, lead: StaffMember
) -> None:
    assert reports_due().exists()
    change(old, lead)
    assert not reports_due().exists()


def _row(cycle: AuditCycle) -> BoardConsideration:
    return BoardConsideration.objects.get(report__cycle=cycle, considered_on__isnull=False)


def _board(cycle: AuditCycle) -> Any:
    board = _row(cycle).board
    board.pk, board.name = None, "Another"
    board.save()
    return board


def test_answers_stay_while_the_review_of_the_year_reads_them(
    old: AuditCycle, lead: StaffMember
) -> None:
    review = ProcessReview.objects.create(programme=old.programme, opened_by=lead)
    assert not papers_due().exists()
    ProcessReview.objects.filter(pk=review.pk).update(state="decided")
    assert papers_due().exists()


def test_few_answers_are_not_shown_once_those_they_were_merged_with_are_gone(
    person: Any, lead: StaffMember, sign_in: Any, approve: Any
) -> None:
    """Five together, of whom three answered in the cycle that goes first."""
    first, second = a_full_cycle("2019-Q1", 40), a_full_cycle("2019-Q2", 30)
    for cycle, count in ((first, 3), (second, 2)):
        kept = cycle.review_round.invitations.values_list("pk", flat=True)[:count]
        cycle.review_round.invitations.exclude(pk__in=list(kept)).delete()
    review = ProcessReview.objects.create(programme=first.programme, opened_by=lead)
    ProcessReview.objects.filter(pk=review.pk).update(state="decided")
    client = sign_in(lead)
    assert CANARY in client.get(review.get_absolute_url()).text
    approve()
    services.carry_out()
    assert ReviewAnswer.objects.filter(round__cycle=second).exists()
    page = client.get(review.get_absolute_url()).text
    assert CANARY not in page and "was disposed of when its time was over" in page


# --- Held back ----------------------------------------------------------------------------------------------


def hold(sign_in: Any, lead: StaffMember, reference: str) -> Any:
    later = TODAY + timedelta(days=90)
    words = {
        "reference": reference,
        "reason": "An inquiry asks for it.",
        "review_on_day": later.day,
        "review_on_month": later.month,
        "review_on_year": later.year,
    }
    return sign_in(lead).post(reverse("retention:hold_back"), words)


def test_a_cycle_that_is_held_back_keeps_everything(
    old: AuditCycle, lead: StaffMember, approve: Any, sign_in: Any
) -> None:
    disposal = approve()
    page = sign_in(lead).get(disposal.get_absolute_url()).text
    assert page.count(f"hold/?audit={old.ref}") == 3, "papers, recommendation and report"
    before = everywhere(CANARY)
    assert hold(sign_in, lead, old.ref.lower()).status_code == 302
    services.carry_out()
    assert everywhere(CANARY) == before
    assert {item.left_out_because for item in disposal.items.all()} == {services.HELD}
    assert due_kinds() == set()
    overview = sign_in(lead).get(reverse("retention:overview")).text
    assert old.ref in overview


def test_a_recommendation_is_held_with_its_audit(
    lead: StaffMember, approve: Any, sign_in: Any
) -> None:
    audit = a_full_audit("2018-Q1", 80)
    case = a_recommendation(audit, owner=lead, state="closed")
    disposal = approve()
    item = disposal.items.get(kind=DisposalKind.RECOMMENDATION)
    assert item.to_hold == audit.case.ref
    hold_back(about=audit, reason="An inquiry", review_on=TODAY + timedelta(9), placed_by=lead)
    assert not recommendations_due().exists()
    services.carry_out()
    case.refresh_from_db()
    assert not case.is_disposed
    assert disposal.items.get(pk=item.pk).left_out_because == services.HELD


def test_nothing_new_is_asked_of_words_that_are_gone(
    old: AuditCycle, lead: StaffMember, approve: Any
) -> None:
    approve()
    services.carry_out()
    with pytest.raises(ImpactNotPossible, match="disposed of"):
        plan_test(
            recommendation=old.recommendations.get(),
            cycle=a_cycle(RECENT),
            question="Is it read?",
            planned_by=lead,
        )


def test_what_is_due_is_found_in_as_many_queries_for_many_cycles(
    old: AuditCycle, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 4):
        a_full_cycle(f"2018-Q{number}", 90)
    with django_assert_max_num_queries(6):
        assert (papers_due().count(), recommendations_due().count(), reports_due().count()) == (
            4,
            4,
            4,
        )
