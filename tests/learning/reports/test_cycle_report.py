"""One report from its beginning to the last board, and what the way must not let through."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from learning.events.steps import StepNotPossible
from learning.events.working_days import working_days_between
from learning.exports import FICTIONAL
from learning.models import AuditCycle, Board, CycleReport, StaffMember
from learning.people.roles import Role
from learning.programme.gates import CycleNotReady
from learning.programme.services import move_cycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.reports import considering, services
from learning.reports.parts import PARTS
from learning.reports.reaching import report_for
from learning.reports.readiness import considerations_missing, report_missing
from learning.reports.refusals import ReportNotPossible, ReportNotReady
from learning.reports.states import ReportState
from tests.learning.audit import (
    a_person,
    a_recommendation,
    a_statement,
    audited_cases,
)
from tests.learning.reports.conftest import (
    TODAY,
    WORDS,
    Round,
    decide,
    signed,
    with_boards,
    written,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


# --- The way, in the browser's manner --------------------------------------------------------------------


def test_from_the_first_word_to_the_last_board(sign_in: SignIn, round_: Round) -> None:
    officer, lead = sign_in(round_.officer), sign_in(round_.lead)
    assert officer.post(round_.url("begin/")).status_code == 302
    assert officer.post(round_.url("figures/")).status_code == 302
    for part in PARTS:
        answer = officer.post(round_.url(f"part/{part.number}/"), {"text": WORDS, "version": 0})
        assert answer.status_code == 302
    page = lead.get(round_.url()).content.decode()
    assert f"Say where these earlier recommendations stand: {round_.late.ref}." in page
    lead.post(round_.url(f"earlier/{round_.late.ref}/"), {"words": "The owner was away."})
    typed = {"full_name": "Director of Children"}
    page = lead.post(round_.url("sign/"), typed)
    assert page.status_code == 422
    assert f"Type your full name as the portal knows it: {round_.lead}." in page.content.decode()
    assert not round_.report.is_signed
    typed = {"full_name": str(round_.lead).upper()}
    assert lead.post(round_.url("sign/"), typed).status_code == 302
    assert round_.report.signed_by == round_.lead
    move_cycle(cycle=round_.cycle, step="send_to_boards", actor=round_.lead)
    for who in (round_.senior, round_.chair):
        _consider(sign_in(who), round_)
    assert round_.report.state == ReportState.CONSIDERED
    moved = move_cycle(
        cycle=AuditCycle.objects.get(pk=round_.cycle.pk), step="publish_learning", actor=round_.lead
    )
    assert moved.state == CycleState.LEARNING_PUBLISHED


def _consider(client: Client, round_: Round) -> None:
    page = client.get(round_.url()).content.decode()
    address = page.split("Record what the board decided")[0].rsplit('href="', 1)[1].split('"')[0]
    day = {f"considered_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    answer = client.post(address, {**day, "decision": "agreed", "minute": "Agreed as it stands."})
    assert answer.status_code == 302, answer.content.decode()


# --- What stands in the way --------------------------------------------------------------------------------


def test_no_report_goes_to_boards_before_every_earlier_recommendation_is_addressed(
    round_: Round,
) -> None:
    report = written(round_)
    second = a_recommendation(owner=round_.senior, cycle=round_.before, level="service")
    with pytest.raises(ReportNotReady) as refusal:
        services.sign_report(report=report, signed_by=round_.lead, full_name=str(round_.lead))
    assert refusal.value.missing == [
        f"Say where these earlier recommendations stand: {second.ref}."
    ]
    with pytest.raises(CycleNotReady, match=second.ref):
        move_cycle(cycle=round_.cycle, step="send_to_boards", actor=round_.lead)


def test_what_is_settled_needs_no_answer(round_: Round) -> None:
    report = written(round_)
    a_recommendation(owner=round_.senior, cycle=round_.before, level="service", state="verified")
    services.sign_report(report=report, signed_by=round_.lead, full_name=str(round_.lead))
    assert report_missing(round_.cycle) == []


def test_without_boards_there_is_nobody_to_send_it_to(round_: Round) -> None:
    signed(round_)
    Board.objects.update(is_active=False)
    assert report_missing(round_.cycle) == [
        "There is no board that could consider it: name the boards first."
    ]


@pytest.mark.parametrize(
    "words",
    ["Practice overall was outstanding.", "We rate it 7/10.", "His NHS number is 943 476 5919."],
)
def test_grades_and_identifiers_keep_a_report_from_being_signed(round_: Round, words: str) -> None:
    report = written(round_)
    services.write_part(report=report, number=4, text=words, version=1, written_by=round_.lead)
    with pytest.raises(ReportNotReady):
        services.sign_report(
            report=report, signed_by=round_.lead, full_name=str(round_.lead), reason="It is right."
        )


def test_a_colleagues_name_stays_only_with_a_reason(round_: Round) -> None:
    report = written(round_)
    words = f"{round_.senior.get_full_name()} opened the days."
    services.write_part(report=report, number=1, text=words, version=1, written_by=round_.lead)
    with pytest.raises(ReportNotReady):
        services.sign_report(report=report, signed_by=round_.lead, full_name=str(round_.lead))
    services.sign_report(
        report=report, signed_by=round_.lead, full_name=str(round_.lead), reason="She agreed."
    )
    assert round_.report.words_reason == "She agreed."


def test_only_the_lead_of_this_cycle_signs(round_: Round, second_lead: StaffMember) -> None:
    report = written(round_)
    for who in (round_.officer, round_.senior, second_lead):
        with pytest.raises(PermissionDenied):
            services.sign_report(report=report, signed_by=who, full_name=str(who))


@pytest.fixture
def second_lead(db: None) -> StaffMember:
    other = a_person("Other")
    other.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    return other


def test_two_who_write_one_part_both_keep_their_words(sign_in: SignIn, round_: Round) -> None:
    services.begin_report(cycle=round_.cycle, begun_by=round_.lead)
    mine, theirs = sign_in(round_.officer), sign_in(round_.lead)
    theirs.post(round_.url("part/4/"), {"text": "What the lead wrote.", "version": 0})
    answer = mine.post(round_.url("part/4/"), {"text": "What I wrote.", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What I wrote." in page
    assert "What the lead wrote." in page
    assert mine.post(round_.url("part/4/"), {"text": "Both.", "version": 1}).status_code == 302


# --- Signed is signed --------------------------------------------------------------------------------------


def test_the_figures_stay_as_they_were(round_: Round) -> None:
    report = signed(round_)
    before = report.frozen_figures
    audited_cases(round_.cycle, 6)
    assert round_.report.frozen_figures == before
    with pytest.raises(ReportNotPossible):
        services.take_figures(report=report, taken_by=round_.lead)


@pytest.mark.parametrize(
    "change",
    [
        lambda report: CycleReport.objects.filter(pk=report.pk).update(figures=[]),
        lambda report: CycleReport.objects.filter(pk=report.pk).update(signed_name="Another"),
        lambda report: CycleReport.objects.filter(pk=report.pk).update(signed_at=None),
        lambda report: CycleReport.objects.filter(pk=report.pk).delete(),
        lambda report: report.parts.filter(number=4).update(text="Otherwise"),
        lambda report: report.answers.update(words="Otherwise"),
    ],
)
def test_the_database_refuses_every_change_to_a_signed_report(
    round_: Round, change: Callable[[CycleReport], Any]
) -> None:
    report = signed(round_)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(report)


def test_signing_twice_signs_once(round_: Round) -> None:
    report = signed(round_)
    with pytest.raises(StepNotPossible):
        services.sign_report(report=report, signed_by=round_.lead, full_name=str(round_.lead))


# --- Boards --------------------------------------------------------------------------------------------------


def test_the_first_board_considers_first(round_: Round) -> None:
    with_boards(round_)
    with pytest.raises(ReportNotPossible, match="considers the report first"):
        decide(round_, round_.chair, turn=1)


@pytest.mark.parametrize("days", [1, -1])
def test_a_board_decides_on_a_day_between_submission_and_today(round_: Round, days: int) -> None:
    with_boards(round_)
    with pytest.raises(ReportNotPossible):
        decide(round_, round_.senior, considered_on=TODAY + timedelta(days=days))


def test_nobody_records_for_a_board_that_they_do_not_sit_on(round_: Round) -> None:
    with_boards(round_)
    for who in (round_.chair, round_.lead):
        with pytest.raises(PermissionDenied):
            decide(round_, who)


def test_what_a_board_made_of_it_never_changes(round_: Round) -> None:
    with_boards(round_)
    decide(round_, round_.senior)
    with pytest.raises(ReportNotPossible, match="already"):
        decide(round_, round_.senior)
    with pytest.raises(DatabaseError), transaction.atomic():
        round_.report.considerations.filter(board__order=1).update(minute="Otherwise")


def test_learning_waits_for_every_board_and_every_answer(round_: Round) -> None:
    with_boards(round_)
    decide(round_, round_.senior)
    row = round_.report.considerations.get(board__order=2)
    question = considering.ask_question(consideration=row, text="By when?", asked_by=round_.chair)
    decide(round_, round_.chair, turn=1)
    assert considerations_missing(round_.cycle) == ["Board 2 waits for an answer."]
    considering.answer_question(question=question, answer="By May.", answered_by=round_.lead)
    assert considerations_missing(round_.cycle) == []


def test_a_board_oversees_status_age_and_impact_and_reads_nothing_about_a_case(
    sign_in: SignIn, round_: Round
) -> None:
    audit = audited_cases(round_.before, 1)[0]
    secret = a_recommendation(audit, owner=round_.senior)
    page = sign_in(round_.chair).get("/audits/oversight/").content.decode()
    assert round_.late.ref in page
    assert "Overdue" in page
    assert "Not yet tested" in page
    assert secret.ref not in page
    for role in (Role.FRONT_LINE, Role.EDITOR, Role.IT_SUPPORT):
        assert sign_in(role).get("/audits/oversight/").status_code == 403


def test_what_its_owner_says_is_done_stays_open_until_somebody_has_verified_it(
    sign_in: SignIn, round_: Round
) -> None:
    rows = Recommendation.objects.filter(pk=round_.late.pk)
    issued_at = timezone.make_aware(datetime.combine(TODAY - timedelta(days=14), time(12)))
    shown = f"open for {working_days_between(issued_at.date(), TODAY)} working days"
    for state, is_open in (("completion_confirmed", True), ("verified", False)):
        rows.update(state=state, issued_at=issued_at)
        page = sign_in(round_.chair).get("/audits/oversight/").text
        assert (shown in page) == is_open, state
        assert ("no longer open" in page) != is_open, state


def test_the_overview_costs_no_more_queries_with_more_rows(
    sign_in: SignIn, round_: Round, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(round_.chair)
    client.get("/audits/oversight/")
    with django_assert_max_num_queries(20) as captured:
        client.get("/audits/oversight/")
    first = len(captured)
    for _ in range(20):
        a_recommendation(owner=round_.senior, cycle=round_.before, level="service")
    with django_assert_max_num_queries(first):
        client.get("/audits/oversight/")


def test_a_lead_keeps_the_boards(sign_in: SignIn, round_: Round) -> None:
    client = sign_in(round_.lead)
    values = {"name": "Partnership", "kind": "safeguarding", "order": 3, "is_active": "on"}
    answer = client.post("/audits/boards/add/", {**values, "members": [round_.chair.pk]})
    assert answer.status_code == 302
    assert "Partnership" in client.get("/audits/boards/").content.decode()
    nobody = {**values, "name": "Other", "members": ["9" * 25]}
    assert client.post("/audits/boards/add/", nobody).status_code == 422
    assert sign_in(round_.officer).get("/audits/boards/").status_code == 403


def test_two_signatures_at_once_end_in_one(round_: Round) -> None:
    first, second = written(round_), round_.report
    services.sign_report(report=first, signed_by=round_.lead, full_name=str(round_.lead))
    with pytest.raises(StepNotPossible):
        services.sign_report(report=second, signed_by=round_.lead, full_name=str(round_.lead))


# --- Who reads -----------------------------------------------------------------------------------------------


def test_a_draft_is_the_offices_alone(sign_in: SignIn, round_: Round) -> None:
    written(round_)
    assert sign_in(round_.officer).get(round_.url()).status_code == 200
    for who in (round_.senior, round_.chair, Role.AUDIT_ADMIN, Role.FRONT_LINE, Role.IT_SUPPORT):
        assert sign_in(who).get(round_.url()).status_code == 404
        assert sign_in(who).get(round_.url("docx/")).status_code == 404


def test_being_a_superuser_opens_no_report(round_: Round) -> None:
    signed(round_)
    root = StaffMember.objects.create_superuser("root@harrowmere.example", "x")
    with pytest.raises(Http404):
        report_for(root, round_.cycle.ref)


def test_the_summary_waits_for_a_board_and_leaves_out_what_is_for_boards(
    sign_in: SignIn, round_: Round
) -> None:
    with_boards(round_)
    manager = sign_in(Role.LINE_MANAGER)
    assert manager.get(round_.url("summary/")).status_code == 404
    decide(round_, round_.senior)
    page = manager.get(round_.url("summary/")).content.decode()
    assert "What needs to develop" in page
    assert "Decisions sought" not in page
    assert "Recommendations by status" not in page
    assert manager.get(round_.url()).status_code == 404


def test_my_work_leads_each_to_their_step(sign_in: SignIn, round_: Round) -> None:
    assert "write the report" in sign_in(round_.lead).get(reverse("home:my_work")).content.decode()
    with_boards(round_)
    assert (
        "lies before Board 1"
        in sign_in(round_.senior).get(reverse("home:my_work")).content.decode()
    )
    assert (
        "write the report" not in sign_in(round_.lead).get(reverse("home:my_work")).content.decode()
    )


# --- Files ------------------------------------------------------------------------------------------


def test_word_has_headings_header_rows_words_for_drawings_and_our_properties(
    sign_in: SignIn, round_: Round
) -> None:
    signed(round_)
    content = sign_in(round_.chair).get(round_.url("docx/")).content
    document = Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{part.number}. {part.title}" for part in PARTS]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert len(document.inline_shapes) > 0
    sheet = document.sections[0]
    inside = sheet.page_width - sheet.left_margin - sheet.right_margin
    assert (sheet.page_width.cm, sheet.page_height.cm) == pytest.approx((21, 29.7), abs=0.01)
    assert all(shape.width <= inside for shape in document.inline_shapes)
    for table in document.tables:
        widths = [cell.width for cell in table.rows[0].cells]
        assert sum(widths) <= inside + len(widths) * 635, "Word rounds to twentieths of a point"
        assert len(table.columns) < 3 or min(widths) > 0.04 * inside
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    ledger = next(t for t in document.tables if t.cell(0, 1).text == "What should be done")
    assert ledger.cell(0, 1).width > 1.2 * ledger.cell(0, 0).width
    properties = document.core_properties
    assert (properties.author, properties.language) == ("Practice learning", "en-GB")
    assert properties.title == "Audit of practice 2031-Q1: report"
    assert any(str(round_.chair) in p.text for p in document.paragraphs)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert "python-docx" not in parts.read("docProps/core.xml").decode()


def test_no_figure_stands_in_two_parts() -> None:
    keys = [key for part in PARTS for key in part.figures]
    assert sorted(keys) == sorted(set(keys))


def test_a_control_character_does_not_break_the_word_file(round_: Round, sign_in: SignIn) -> None:
    report = written(round_)
    services.write_part(
        report=report, number=4, text=f"{WORDS}\x0b\x1f", version=1, written_by=round_.lead
    )
    assert sign_in(round_.lead).get(round_.url("docx/")).status_code == 200


def test_pdf_is_tagged_and_names_its_language(sign_in: SignIn, round_: Round) -> None:
    signed(round_)
    answer = sign_in(round_.chair).get(round_.url("pdf/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"en-GB"):
        assert mark in _inflated(answer.content)


def _inflated(content: bytes) -> bytes:
    """The objects of a PDF, also those that stand in compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    packed = (one for one in streams if one[:1] == b"x")
    return content + b"".join(zlib.decompressobj().decompress(one) for one in packed)


def test_no_file_holds_what_the_page_hides(sign_in: SignIn, round_: Round) -> None:
    audits = audited_cases(round_.cycle, 24)
    for audit in audits[:3]:
        a_statement(audit, "strength", "P08")
    signed(round_)
    csv = sign_in(round_.chair).get(round_.url("csv/")).content.decode("utf-8-sig")
    assert "SMART plans,no audits,9 of 48 audits (19%)" in csv
    assert "3 of 48" not in csv
    assert str(round_.chair) in csv.splitlines()[0]
    assert csv.count(FICTIONAL) == 1


def test_more_recommendations_cost_no_more_queries(
    sign_in: SignIn, round_: Round, django_assert_max_num_queries: Any
) -> None:
    written(round_)
    client = sign_in(round_.lead)
    client.get(round_.url())
    with django_assert_max_num_queries(40) as captured:
        client.get(round_.url())
    first = len(captured)
    for _ in range(20):
        more = a_recommendation(owner=round_.senior, cycle=round_.before, level="service")
        services.answer_earlier(
            report=round_.report, recommendation=more, words=WORDS, written_by=round_.lead
        )
    with django_assert_max_num_queries(first):
        client.get(round_.url())
