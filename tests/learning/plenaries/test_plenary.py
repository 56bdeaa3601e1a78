"""What is said together at the end of a day: written down by the team, kept, followed by what it asks for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.events.working_days import add_working_days
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.plenaries.models import NothingToRecommend, PlenaryNote, PlenaryVersion
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.submissions.models import AuditSubmission
from learning.vocabulary.models import Theme
from learning.work import waiting_for
from tests.learning.audit import a_person, a_plenary_note, a_recommendation, a_statement
from tests.learning.plenaries.conftest import DEVELOP, STRONG, Days, url

pytestmark = pytest.mark.django_db
Write = Callable[..., Any]
SignIn = Callable[..., Client]


# --- Writing it down -----------------------------------------------------------------------------------


def test_whoever_is_in_the_room_writes_it_down(days: Days, write: Write, sign_in: SignIn) -> None:
    theme = Theme.objects.order_by("code").first()
    assert theme is not None
    assert write(days.auditor, 1, themes=[theme.code]).status_code == 302
    assert write(days.officer, 1, version=1, strengths=f"{STRONG} So it was.").status_code == 302
    assert write(days.lead, 2).status_code == 302
    note = PlenaryNote.objects.get(day__number=1)
    assert (note.strengths, note.to_develop) == (f"{STRONG} So it was.", DEVELOP)
    assert PlenaryVersion.objects.get(note=note, number=1).parts["themes"] == [theme.code]
    shown = sign_in(days.other).get(url("cycle", days)).text
    assert f"{STRONG} So it was." in shown
    assert Event.objects.filter(action="plenarynote.write").count() == 3


@pytest.mark.parametrize("role", [Role.FRONT_LINE, Role.SENIOR_MANAGER, Role.AUDIT_ADMIN])
@pytest.mark.parametrize("name", ["cycle", "wall"])
def test_nobody_else_finds_it(days: Days, sign_in: SignIn, role: Role, name: str) -> None:
    a_plenary_note(days.cycle)
    assert sign_in(role).get(url(name, days)).status_code == 404
    assert AccessEvent.objects.filter(action="refused", object_id=str(days.cycle.pk)).exists()


def test_a_superuser_and_the_team_of_another_cycle_do_not_find_it(
    days: Days, write: Write, sign_in: SignIn
) -> None:
    a_plenary_note(days.cycle)
    superuser = a_person("Sue", is_superuser=True)
    assert sign_in(superuser).get(url("cycle", days)).status_code == 404
    assert write(superuser, 1, version=1).status_code == 404
    assert PlenaryNote.objects.get().strengths == "Children were heard."


def test_auditors_stop_reading_it_some_working_days_after_the_close(
    days: Days, sign_in: SignIn
) -> None:
    a_plenary_note(days.cycle)
    for ago, status in ((19, 200), (21, 404)):
        day = add_working_days(timezone.localdate(), -ago)
        closed = timezone.now() + (day - timezone.localdate())
        AuditCycle.objects.filter(pk=days.cycle.pk).update(closed_at=closed)
        assert sign_in(days.auditor).get(url("cycle", days)).status_code == status
        assert sign_in(days.lead).get(url("cycle", days)).status_code == 200


@pytest.mark.parametrize("box", ["strengths", "to_develop"])
def test_a_grade_is_refused_and_the_words_are_still_there(
    days: Days, write: Write, box: str
) -> None:
    answer = write(days.auditor, 1, **{box: "We judged practice outstanding. Zebras."})
    assert answer.status_code == 422
    assert "What was said together holds a grade" in answer.text
    assert "Zebras" in answer.text
    assert not PlenaryNote.objects.exists()


def test_what_could_give_somebody_away_is_pointed_out(
    days: Days, write: Write, sign_in: SignIn
) -> None:
    write(days.auditor, 1, strengths=f"{days.lead.get_full_name()} rang 01632 960123 for a girl.")
    for name in ("cycle", "wall"):
        shown = sign_in(days.auditor).get(url(name, days)).text
        assert "Look at these words again" in shown or "look at these words" in shown
        assert "“01632 960123”" in shown


def test_a_day_that_has_not_come_has_no_plenary(days: Days, write: Write) -> None:
    days.cycle.days.filter(number=2).update(date=timezone.localdate() + timedelta(days=1))
    answer = write(days.lead, 2)
    assert answer.status_code == 422
    assert "yet to come" in answer.text


def test_before_the_days_there_is_none(days: Days, write: Write, sign_in: SignIn) -> None:
    AuditCycle.objects.filter(pk=days.cycle.pk).update(state=CycleState.READY)
    assert "The days have not begun" in sign_in(days.lead).get(url("cycle", days)).text
    assert write(days.lead, 1).status_code == 404


# --- Two who write at once -----------------------------------------------------------------------------


def test_two_who_write_in_different_boxes_both_keep_their_words(days: Days, write: Write) -> None:
    write(days.auditor, 1, to_develop="")
    assert write(days.other, 1, strengths="", to_develop=DEVELOP).status_code == 302
    note = PlenaryNote.objects.get()
    assert (note.strengths, note.to_develop) == (STRONG, DEVELOP)


def test_two_who_write_in_the_same_box_see_both_texts(days: Days, write: Write) -> None:
    write(days.auditor, 1, to_develop="Begun together.")
    write(days.auditor, 1, version=1, strengths="Ada’s words.", to_develop="Ada’s other words.")
    clash = write(days.other, 1, version=1, strengths="Ivo’s words.", to_develop="Begun together.")
    assert clash.status_code == 422
    assert "Ada’s words." in clash.text
    assert "Ivo’s words." in clash.text
    assert "Ada’s other words." in clash.text, "what did not clash is taken over into the form"
    assert 'name="version" value="2"' in clash.text
    assert PlenaryNote.objects.get().strengths == "Ada’s words."
    both = "Ada’s words. Ivo’s words."
    write(days.other, 1, version=2, strengths=both, to_develop="Ada’s other words.")
    assert PlenaryNote.objects.get().strengths == both
    kept = PlenaryVersion.objects.values_list("parts__strengths", flat=True)
    assert list(kept) == [STRONG, "Ada’s words.", both]


@pytest.mark.parametrize("version", ["-1", "x", "٣", "99999999999999999999"])
def test_a_made_up_version_overwrites_nothing(days: Days, write: Write, version: str) -> None:
    write(days.auditor, 1)
    assert write(days.other, 1, version=version, strengths="Mine.").status_code == 422
    assert PlenaryNote.objects.get().strengths == STRONG


# --- What the sample showed --------------------------------------------------------------------------


def test_beside_the_form_stands_what_somebody_may_read_and_no_more(
    days: Days, sign_in: SignIn
) -> None:
    code = Theme.objects.order_by("code").values_list("code", flat=True)[0]
    a_statement(days.submission, "strength", code)
    a_statement(days.submission, "immediate_concern")
    of_lead = sign_in(days.lead).get(url("write", days, 1)).text
    assert "Strength (1)" in of_lead
    assert days.submission.case.ref in of_lead
    assert "Immediate concern" not in of_lead
    looks = AccessEvent.objects.filter(
        object_type="learning.auditsubmission", object_id=str(days.submission.pk)
    )
    assert [look.user_id for look in looks] == [days.lead.pk]
    for who in (days.other, days.officer, days.auditor):  # nobody of them has a grant yet
        assert "It helped." not in sign_in(who).get(url("write", days, 1)).text
    assert "It helped." not in sign_in(days.lead).get(url("write", days, 2)).text


def test_an_auditor_who_has_not_opened_the_case_reads_nothing_of_it_here(
    days: Days, sign_in: SignIn
) -> None:
    from learning.submissions.grants import grant_to_pair

    a_statement(days.submission, "strength")
    grant_to_pair(submission=days.submission, granted_by=days.lead)
    address = url("write", days, 1)
    assert "It helped." not in sign_in(days.auditor).get(address).text
    days.submission.opening_statements.create(person=days.auditor)
    assert "It helped." in sign_in(days.auditor).get(address).text


@pytest.mark.parametrize("name", ["cycle", "wall", "write"])
def test_pages_ask_as_often_for_many_as_for_one(
    days: Days, sign_in: SignIn, django_assert_max_num_queries: Any, name: str
) -> None:
    themes = Theme.objects.order_by("code").values_list("code", flat=True)[:3]
    for day in (1, 2):
        note = a_plenary_note(days.cycle, day)
        note.themes.set(Theme.objects.filter(code__in=themes))
    for _ in range(30):
        a_statement(days.submission, "strength", *themes)
        a_recommendation(cycle=days.cycle, owner=days.auditor, level="service", state="draft")
    client = sign_in(days.lead)
    address = url(name, days, *([1] if name == "write" else []))
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(address)


# --- What it asks for --------------------------------------------------------------------------------


def finish(days: Days, sign_in: SignIn) -> str:
    """The page after the lead tried to end the days."""
    address = reverse("programme:step", args=[days.cycle.ref, "finish_days"])
    return sign_in(days.lead).post(address, follow=True).text


@pytest.fixture
def all_submitted(days: Days) -> Days:
    """Nothing of another room stands in the way of ending the days."""
    AuditSubmission.objects.filter(pk=days.submission.pk).update(submitted_at=timezone.now())
    return days


def test_the_days_end_only_with_both_notes_and_a_word_on_recommendations(
    all_submitted: Days, write: Write, sign_in: SignIn
) -> None:
    days = all_submitted
    assert "the plenary of the first day" in finish(days, sign_in)
    write(days.auditor, 1)
    write(days.auditor, 2, to_develop="")
    assert "the plenary of the second day" in finish(days, sign_in)
    write(days.auditor, 2, version=1)
    assert "Draft what the plenary recommends" in finish(days, sign_in)
    days.cycle.refresh_from_db()
    assert days.cycle.state == CycleState.IN_PROGRESS
    answer = sign_in(days.lead).post(url("nothing", days), {"reason": "It is about practice."})
    assert answer.status_code == 302
    assert f"{days.cycle} now: quality assurance" in finish(days, sign_in)


def test_a_draft_out_of_the_plenary_ends_the_days_too(
    all_submitted: Days, write: Write, sign_in: SignIn
) -> None:
    days = all_submitted
    for day in (1, 2):
        write(days.lead, day)
    answer = sign_in(days.auditor).post(url("recommend", days), a_draft(days))
    assert answer.status_code == 302
    drafted = Recommendation.objects.get(cycle=days.cycle)
    assert [note.day.number for note in drafted.plenaries.all()] == [2]
    assert drafted.submission is None
    assert f"{days.cycle} now: quality assurance" in finish(days, sign_in)


def a_draft(days: Days, **fields: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=60)
    usual = {
        "level": "organisational",
        "action_type": "policy_procedure",
        "action": "Let plans begin with the child’s day.",
        "why": "So that parents see what should be different.",
        "how_known": "A parent can say it after reading the first page.",
        "owner": days.lead.pk,
        "due_date_day": due.day,
        "due_date_month": due.month,
        "due_date_year": due.year,
    }
    return usual | fields


def test_a_recommendation_comes_after_what_was_said(days: Days, sign_in: SignIn) -> None:
    client = sign_in(days.lead)
    assert "Write down first" in client.get(url("recommend", days), follow=True).text
    assert (
        "Write down first" in client.post(url("recommend", days), a_draft(days), follow=True).text
    )
    assert not Recommendation.objects.exists()


def test_who_may_recommend_and_who_may_say_that_there_is_nothing(
    days: Days, sign_in: SignIn
) -> None:
    a_plenary_note(days.cycle)
    assert sign_in(days.officer).post(url("recommend", days), a_draft(days)).status_code == 403
    for who in (days.officer, days.auditor):
        answer = sign_in(who).post(url("nothing", days), {"reason": "We are tired."})
        assert answer.status_code == 403
    assert not NothingToRecommend.objects.exists()


def test_nothing_needs_a_reason_and_is_taken_back_by_a_draft(days: Days, sign_in: SignIn) -> None:
    a_plenary_note(days.cycle)
    lead = sign_in(days.lead)
    assert lead.post(url("nothing", days), {"reason": "  "}).status_code == 422
    assert not NothingToRecommend.objects.exists()
    lead.post(url("nothing", days), {"reason": "It is about practice."})
    assert "It is about practice." in lead.get(url("cycle", days)).text
    lead.post(url("recommend", days), a_draft(days))
    assert not NothingToRecommend.objects.exists()
    refused = lead.post(url("nothing", days), {"reason": "And yet nothing."})
    assert refused.status_code == 422
    assert "recommended already" in refused.text


# --- Afterwards --------------------------------------------------------------------------------------


@pytest.fixture
def ended(all_submitted: Days, write: Write, sign_in: SignIn) -> Days:
    days = all_submitted
    for day in (1, 2):
        write(days.lead, day)
    sign_in(days.lead).post(url("nothing", days), {"reason": "It is about practice."})
    finish(days, sign_in)
    return days


def test_what_was_said_stays_as_it_is_once_the_days_are_over(ended: Days, write: Write) -> None:
    assert write(ended.lead, 1, version=1, strengths="Otherwise.").status_code == 302
    assert PlenaryNote.objects.get(day__number=1).strengths == STRONG
    note, theme = PlenaryNote.objects.get(day__number=1), Theme.objects.first()
    for change in (
        lambda: PlenaryNote.objects.filter(pk=note.pk).update(strengths="Otherwise."),
        lambda: PlenaryNote.objects.filter(pk=note.pk).update(settled_at=None),
        lambda: note.themes.add(theme),
        lambda: PlenaryVersion.objects.update(parts={}),
        lambda: note.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_lead_adds_to_it_with_a_reason_and_nobody_else_does(ended: Days, sign_in: SignIn) -> None:
    words = {"text": "The schools wrote to thank us.", "reason": "The letter came today."}
    for who in (ended.auditor, ended.officer):
        assert sign_in(who).post(url("add", ended, 1), words).status_code == 403
    lead = sign_in(ended.lead)
    assert lead.post(url("add", ended, 1), words | {"reason": ""}).status_code == 422
    graded = lead.post(url("add", ended, 1), words | {"text": "Overall, we rated it good."})
    assert graded.status_code == 422
    assert lead.post(url("add", ended, 1), words).status_code == 302
    shown = sign_in(ended.auditor).get(url("cycle", ended)).text
    assert words["text"] in shown
    assert STRONG in shown
    with pytest.raises(DatabaseError), transaction.atomic():
        PlenaryNote.objects.get(day__number=1).addenda.update(text="Otherwise.")


def test_nothing_is_added_while_it_can_still_be_written(days: Days, sign_in: SignIn) -> None:
    note = a_plenary_note(days.cycle)
    words = {"text": "More.", "reason": "Now."}
    assert sign_in(days.lead).post(url("add", days, 1), words).status_code == 302
    assert not note.addenda.exists()


# --- My work -----------------------------------------------------------------------------------------


def titles(who: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(who) if "/plenaries/" in item.url]


def test_the_lead_is_asked_on_the_day_and_then_for_what_it_recommends(
    days: Days, write: Write
) -> None:
    days.cycle.days.filter(number=2).update(date=timezone.localdate() + timedelta(days=1))
    assert titles(days.lead) == [f"{days.cycle}: write down the plenary of the first day"]
    write(days.lead, 1)
    assert titles(days.lead) == []
    days.cycle.days.filter(number=2).update(date=timezone.localdate())
    assert titles(days.lead) == [f"{days.cycle}: write down the plenary of the second day"]
    write(days.lead, 2)
    assert titles(days.lead) == [f"{days.cycle}: what the plenary recommends to the organisation"]
    assert titles(days.auditor) == []
