"""What closed cycles of the demo borough leave behind: reports that boards considered, letters, briefings."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit_pages.models import CyclePage, LetterPage
from learning.disclosure.finding import LocalKnowledge, find_identifiers
from learning.disclosure.kinds import TOLD_INSIDE, Kind
from learning.events.models import Event
from learning.evidence.models import PageEvidence
from learning.figures.figure import Figure
from learning.letters.consent import what_holds_page
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import SHARED, WITH_THE_WORKER, LetterState
from learning.people.roles import Role
from learning.programme.models import Acknowledgement
from learning.recommendations.models import Recommendation
from learning.reports.board_models import BoardConsideration
from learning.reports.models import CycleReport
from learning.reports.parts import PARTS
from learning.reports.readiness import missing_for_signature, to_look_at_again, unsettled_before
from learning.reports.states import ReportState
from learning.work import waiting_for
from portal.demo.audits.quarters import CLOSED, pace_of
from portal.demo.audits.reports import as_it_stood
from portal.demo.loader import first_with
from tests.portal.demo_audits import audits  # noqa: F401

pytestmark = pytest.mark.django_db
NOT_READY = "A report is signed while the cycle stands at “Reporting”."


def reports() -> Any:
    return CycleReport.objects.filter(cycle__ref__in=CLOSED).select_related("cycle")


# --- Reports -------------------------------------------------------------------------------------------


def test_each_closed_cycle_has_a_report_that_every_board_considered_in_its_turn() -> None:
    assert [report.cycle.ref for report in reports().order_by("cycle__ref")] == CLOSED
    for report in reports():
        assert report.state == ReportState.CONSIDERED
        rows = list(report.considerations.order_by("board__order"))
        days = [row.considered_on for row in rows]
        assert len(days) == 3
        assert days == sorted(days)
        assert report.signed_at < rows[0].submitted_at < report.cycle.closed_at
        assert days[-1] < timezone.localdate(report.cycle.closed_at)
        assert all(row.recorded_by in row.board.members.all() for row in rows)
        assert not report.considerations.filter(questions__answered_at=None).filter(
            questions__isnull=False
        )


def test_nothing_was_missing_when_it_was_signed() -> None:
    for report in reports():
        with as_it_stood(report.figures_as_of):
            assert missing_for_signature(report) == [NOT_READY]  # the cycle has gone on since
            assert report.answers.count() == unsettled_before(report.cycle).count()
        assert report.words_reason or not to_look_at_again(report)


def test_its_figures_are_of_their_day() -> None:
    for report in reports():
        figures = {figure.key: figure for figure in report.frozen_figures}
        assert {figure.as_of for figure in figures.values()} == {report.figures_as_of}
        wanted = {key for part in PARTS for key in part.figures} - TIMES_THAT_COME_LATER
        assert wanted <= figures.keys()
        for row in figures["impact-ledger"].rows:
            assert row.label.rpartition("-R-")[0] < report.cycle.ref
        assert not told_after(figures["impact-ledger"], report)


TIMES_THAT_COME_LATER = {"escalation-times"}


def told_after(ledger: Figure, report: CycleReport) -> list[Recommendation]:
    """What the ledger calls verified and was verified after the day of the figures."""
    place = ledger.columns.index("Verified") - 1
    verified = [row.label for row in ledger.rows if row.cells[place].words != "not yet"]
    later = Recommendation.objects.filter(ref__in=verified)
    return list(later.filter(verified_at__date__gt=report.figures_as_of))


def test_the_database_keeps_what_is_signed() -> None:
    report = reports()[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        report.parts.update(text="Something else.")


@pytest.mark.parametrize(
    ("role", "whole"),
    [(Role.BOARD_MEMBER, True), (Role.SENIOR_MANAGER, True), (Role.LINE_MANAGER, False)],
    ids=str,
)
def test_boards_read_the_report_and_managers_its_summary(
    sign_in: Callable[..., Any], role: Role, whole: bool
) -> None:
    client = sign_in(role)
    assert client.get("/audits/reports/2026-Q3/").status_code == (200 if whole else 404)
    summary = client.get("/audits/reports/2026-Q3/summary/")
    assert summary.status_code == 200
    assert "Families let us in sooner" in summary.content.decode()


# --- Letters -------------------------------------------------------------------------------------------


def test_letters_stand_in_every_state_that_waits_for_nobody_or_for_somebody() -> None:
    states = Counter(GoodPracticeLetter.objects.values_list("state", flat=True))
    assert states.keys() == set(LetterState.values) - {LetterState.APPROVED, LetterState.SET_ASIDE}


def test_behind_each_letter_page_stands_its_private_letter_and_the_audit() -> None:
    for page in LetterPage.objects.live().filter(quarter__in=CLOSED):
        letter = GoodPracticeLetter.objects.get(page=page)
        assert what_holds_page(page.pk, timezone.localdate(page.first_published_at)) == ""
        named = PageEvidence.objects.get(page=page).submission
        assert named == letter.submission
        assert named.case.cycle.quarter == page.quarter
        assert named.case.area in page.areas_of_work.all()
        assert not set(letter.what_you_did.split(". ")) & set(page.what_you_did.split(". "))


def test_letters_were_written_approved_and_answered_by_those_whose_it_is() -> None:
    for letter in GoodPracticeLetter.objects.filter(state__in=WITH_THE_WORKER):
        assert len({letter.worker, letter.writer, letter.approved_by}) == 3
        assert letter.sent_at <= letter.cycle.closed_at
        events = Event.objects.filter(
            object_type="learning.goodpracticeletter", object_id=str(letter.pk)
        )
        steps = [event.action.rpartition(".")[2] for event in events.order_by("happened_at")]
        assert steps[:4] == ["nominate", "draft", "approve", "send"]
        assert ("give_consent" in steps) == (letter.state in (*SHARED, LetterState.WITHDRAWN))


def test_nobody_could_be_known_by_a_letter_or_a_minute() -> None:
    texts = [row.minute for row in BoardConsideration.objects.all()]
    for letter in GoodPracticeLetter.objects.all():
        texts += [letter.what_was_done, letter.difference_made, *(t for _, t in letter.parts)]
    found = [
        text[span.start : span.end]
        for text in sorted(set(texts))
        for span in find_identifiers(text, LocalKnowledge())
        if span.kind not in TOLD_INSIDE | {Kind.SMALL_COUNT}
    ]
    assert found == []


@pytest.mark.parametrize(
    ("role", "title"),
    [
        (Role.FRONT_LINE, "which is for you"),
        (Role.SENIOR_MANAGER, "Write letter 2026-Q4"),
        (Role.LEAD_QA, "Read and approve letter 2026-Q4"),
    ],
    ids=str,
)
def test_letters_wait_for_those_whose_step_it_is(role: Role, title: str) -> None:
    assert any(title in item.title for item in waiting_for(first_with(role)))


# --- Briefings -----------------------------------------------------------------------------------------


def test_each_cycle_has_its_briefing_published_before_its_days_and_acknowledged() -> None:
    pages = {page.cycle.ref: page for page in CyclePage.objects.live().select_related("cycle")}
    assert set(CLOSED) < pages.keys()
    assert len({page.what_we_look_at for page in pages.values()}) == len(pages)
    for ref in CLOSED:
        first = pace_of(ref).first
        assert timezone.localdate(pages[ref].first_published_at) == first - timedelta(days=7)
        acknowledged = Acknowledgement.objects.filter(
            cycle__ref=ref, subject=Acknowledgement.Subject.BRIEFING
        )
        assert acknowledged.count() == 12
        assert set(acknowledged.values_list("revision", flat=True)) == {pages[ref].live_revision_id}
