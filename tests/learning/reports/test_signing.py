"""What a lead signs: figures of the right day, words that are fit to stand for ever, and their own name."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from docx import Document

from learning.events.models import Event
from learning.models import CycleReport, ReportAddendum, SystemChange
from learning.people.roles import Role
from learning.programme.gates import CycleNotReady
from learning.programme.services import move_cycle
from learning.recommendations import decisions
from learning.recommendations.models import Recommendation
from learning.reports import services
from learning.reports.assembling import read_report
from learning.reports.documents import as_pdf, printed_context
from learning.reports.readiness import missing_for_signature
from learning.reports.refusals import NotTheirName, ReportNotPossible, ReportNotReady
from learning.reports.wording import LEFT_OUT
from tests.learning.audit import a_recommendation
from tests.learning.reports.conftest import TODAY, Round, signed, with_boards, written

pytestmark = pytest.mark.django_db
ADDED = {"text": "Part 5 should say: seven of the plans.", "reason": "A slip of the pen."}


def sign(round_: Round, report: CycleReport, **more: Any) -> CycleReport:
    return services.sign_report(
        report=report, signed_by=round_.lead, **({"full_name": str(round_.lead)} | more)
    )


def of_this_cycle(round_: Round, **fields: Any) -> Recommendation:
    usual = {"owner": round_.senior, "cycle": round_.cycle, "level": "organisational"}
    return a_recommendation(**(usual | fields))


def reporting_began(round_: Round, minutes_ago: int) -> None:
    Event.objects.create(
        action="auditcycle.finish_family_feedback",
        object_type="learning.auditcycle",
        object_id=str(round_.cycle.pk),
        happened_at=timezone.now() - timedelta(minutes=minutes_ago),
    )


# --- Figures of the right day ----------------------------------------------------------------------------


def test_figures_from_before_reporting_began_are_not_signed(sign_in: Any, round_: Round) -> None:
    report = written(round_)
    reporting_began(round_, -1)
    sentence = "Take the figures anew: they are from before reporting began."
    with pytest.raises(ReportNotReady) as refusal:
        sign(round_, report)
    assert refusal.value.missing == [sentence]
    page = sign_in(round_.lead).get(round_.url("sign/")).content.decode()
    assert sentence in page
    assert "Your full name" not in page
    with pytest.raises(CycleNotReady, match="Take the figures anew"):
        move_cycle(cycle=round_.cycle, step="send_to_boards", actor=round_.lead)


def test_figures_taken_since_reporting_began_are_signed(round_: Round) -> None:
    reporting_began(round_, 5)
    assert sign(round_, written(round_)).is_signed


def test_what_is_issued_after_the_figures_asks_for_new_ones(round_: Round) -> None:
    report = written(round_)
    late = of_this_cycle(round_)
    assert missing_for_signature(report) == [
        f"Take the figures anew: since they were taken {late.ref} came to be issued."
    ]
    report = services.take_figures(report=report, taken_by=round_.lead)
    assert late.ref in str(sign(round_, report).figures)


def test_a_draft_left_behind_is_signed_only_with_a_reason(sign_in: Any, round_: Round) -> None:
    report = written(round_)
    draft = of_this_cycle(round_, state="draft")
    sentence = f"Drafted and not issued, so the action plan leaves them out: {draft.ref}."
    client = sign_in(round_.lead)
    assert sentence in client.get(round_.url("sign/")).content.decode()
    answer = client.post(round_.url("sign/"), {"full_name": str(round_.lead)})
    assert answer.status_code == 422
    assert not round_.report.is_signed
    sign(round_, report, reason="It waits for the partnership.")
    assert round_.report.words_reason == "It waits for the partnership."


# --- Words of the tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("action", "Ring the family on 01632 960 983."),
        ("how_known", "His NHS number is 943 476 5919."),
        ("action", "Practice is inadequate: retrain everybody."),
    ],
)
def test_words_of_the_plan_are_looked_at_before_they_are_signed(
    sign_in: Any, round_: Round, field: str, words: str
) -> None:
    row = of_this_cycle(round_)
    Recommendation.objects.filter(pk=row.pk).update(**{field: words})
    report = written(round_)
    with pytest.raises(ReportNotReady, match=f"Action plan, {row.ref}"):
        sign(round_, report, reason="It is right.")
    page = sign_in(round_.lead).get(round_.url("sign/")).content.decode()
    assert f'href="{row.get_absolute_url()}">Where it stands' in page
    better = of_this_cycle(round_)
    decisions.supersede(recommendation=row, by=better, superseded_by=round_.lead)
    report = services.take_figures(report=report, taken_by=round_.lead)
    assert words not in str(sign(round_, report).figures)


def test_the_reason_for_more_time_is_looked_at_too(round_: Round) -> None:
    row = of_this_cycle(round_, state="in_progress")
    asked = decisions.request_extension(
        recommendation=row,
        new_due_date=row.due_date + timedelta(days=20),
        reason="Ring me on 01632 960 983.",
        requested_by=row.owner,
    )
    report = written(round_)
    with pytest.raises(ReportNotReady, match=f"{row.ref}, “Why”: Telephone number"):
        sign(round_, report)
    decisions.decide_extension(
        request=asked, is_granted=False, words="Write it without the number.",
        decided_by=round_.chair,
    )  # fmt: skip
    assert sign(round_, services.take_figures(report=report, taken_by=round_.lead)).is_signed


def test_what_nobody_can_mend_any_more_is_left_out(round_: Round) -> None:
    """Else one old sentence would keep every later report from its boards."""
    words = "Ring the family on 01632 960 983."
    row = a_recommendation(
        owner=round_.senior, cycle=round_.before, level="service", state="verified"
    )
    Recommendation.objects.filter(pk=row.pk).update(action=words)
    report = written(round_)
    told = str(report.figures)
    assert row.ref in told
    assert LEFT_OUT in told
    assert words not in told
    assert sign(round_, report).is_signed


def test_what_works_differently_is_looked_at_too(round_: Round) -> None:
    words = "All ring 01632 960 983 now."
    row = a_recommendation(
        owner=round_.senior, cycle=round_.before, level="service", state="verified"
    )
    SystemChange.objects.create(
        recommendation=row, words=words, changed_on=timezone.localdate(), recorded_by=round_.lead
    )
    told = str(written(round_).figures)
    assert row.ref in told
    assert LEFT_OUT in told
    assert words not in told


def test_a_name_in_the_plan_wants_a_reason(round_: Round) -> None:
    row = of_this_cycle(round_)
    words = f"{round_.senior} writes to all teams."
    Recommendation.objects.filter(pk=row.pk).update(action=words)
    report = written(round_)
    with pytest.raises(ReportNotReady, match="say why they stay"):
        sign(round_, report)
    assert sign(round_, report, reason="She said yes.").is_signed


# --- Whose signature it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Director of Children", "", "x"])
def test_nobody_signs_by_another_name(round_: Round, typed: str) -> None:
    with pytest.raises(NotTheirName, match=str(round_.lead)):
        sign(round_, written(round_), full_name=typed)
    assert not round_.report.is_signed


# --- Afterwards ------------------------------------------------------------------------------------------


def test_what_is_added_stands_in_every_form_of_the_report_with_name_and_date(
    sign_in: Any, round_: Round
) -> None:
    before = signed(round_).figures
    lead, chair = sign_in(round_.lead), sign_in(round_.chair)
    assert lead.post(round_.url("add/"), ADDED).status_code == 302
    day = f"{TODAY:%-d %B %Y}"
    page = chair.get(round_.url()).content.decode()
    assert f"{day}, {round_.lead}" in page
    assert ADDED["text"] in page
    assert ADDED["reason"] in page
    assert round_.url("add/") not in page
    document = Document(io.BytesIO(chair.get(round_.url("docx/")).content))
    line = f"{round_.lead}, {day} ({ADDED['reason']}): {ADDED['text']}"
    assert line in [paragraph.text for paragraph in document.paragraphs]
    read = read_report(round_.report)
    assert printed_context(read, round_.chair)["added"] == [
        (f"{round_.lead}, {day} ({ADDED['reason']})", ADDED["text"])
    ]
    assert as_pdf(read, round_.chair).startswith(b"%PDF")
    assert round_.report.figures == before


def test_only_a_lead_adds_and_only_to_what_is_signed(sign_in: Any, round_: Round) -> None:
    report = written(round_)
    with pytest.raises(ReportNotPossible, match="not signed yet"):
        services.add_to_report(report=report, written_by=round_.lead, **ADDED)
    assert sign_in(round_.lead).post(round_.url("add/"), ADDED).status_code == 302
    sign(round_, report)
    for who in (round_.officer, round_.senior, round_.chair, Role.AUDIT_ADMIN):
        assert sign_in(who).post(round_.url("add/"), ADDED).status_code == 403
    with pytest.raises(PermissionDenied):
        services.add_to_report(report=report, written_by=round_.officer, **ADDED)
    assert not ReportAddendum.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"reason": ""},
        {"text": "Practice overall was outstanding."},
        {"reason": "See NHS number 943 476 5919."},
    ],
)
def test_what_is_added_is_held_to_the_same_rules(
    sign_in: Any, round_: Round, change: dict[str, str]
) -> None:
    signed(round_)
    assert sign_in(round_.lead).post(round_.url("add/"), ADDED | change).status_code == 422
    assert not ReportAddendum.objects.exists()


def test_what_was_added_never_changes(round_: Round) -> None:
    services.add_to_report(report=signed(round_), written_by=round_.lead, **ADDED)
    for change in (lambda rows: rows.update(text="Else"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(ReportAddendum.objects.all())


def test_boards_that_have_yet_to_settle_it_hear_of_what_was_added(
    round_: Round, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    report = with_boards(round_)
    with django_capture_on_commit_callbacks(execute=True):
        services.add_to_report(report=report, written_by=round_.lead, **ADDED)
    told = {message.to[0] for message in mailoutbox}
    assert told == {round_.senior.email, round_.chair.email}
    for message in mailoutbox:
        assert report.get_absolute_url() in message.body
        assert "seven of the plans" not in message.body
