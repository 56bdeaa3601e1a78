"""How the people of a cycle are asked, and that nobody finds out who wrote what (domain.md A73, E1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.events.working_days import add_working_days
from learning.models import ProcessReview, ReviewAnswer, ReviewInvitation, ReviewRound
from learning.people.roles import Role
from learning.process_review.asking import AnswerNotTaken, open_round, take_answers
from learning.process_review.selectors import evidence_of, show_round
from learning.process_review.services import open_review
from learning.programme.gates import CycleNotReady
from learning.programme.services import move_cycle
from learning.programme.states import CycleState
from learning.submissions.states import SubmissionState
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_person,
    a_round,
    a_sampled_case,
    a_submission,
)

pytestmark = pytest.mark.django_db

CANARY = "The pair listened before it asked"


def people(count: int, name: str = "Auditor") -> list[Any]:
    return [a_person(f"{name}{number}") for number in range(count)]


def answered(asked: ReviewRound, part: str, count: int) -> None:
    """So many of this part have answered one question."""
    for number, invitation in enumerate(asked.invitations.filter(part=part)[:count]):
        take_answers(invitation=invitation, answers={"different": f"{CANARY} {'so ' * number}"})


def url(cycle: Any, name: str = "") -> str:
    return f"/audits/process-review/cycles/{cycle.ref}/{name}"


@pytest.fixture
def cycle(db: None) -> Any:
    """A cycle in which six people audited the work of one, and every analysis is signed off."""
    cycle = a_cycle(state=CycleState.QUALITY_ASSURANCE)
    auditors = people(6)
    pairs = [a_pair(cycle, *auditors[at : at + 2]) for at in (0, 2, 4)]
    worker = a_person("Worker")
    for pair in pairs:
        a_submission(
            a_sampled_case(cycle, worker=worker, pair=pair), SubmissionState.QUALITY_ASSURED
        )
    return cycle


# --- Asking ----------------------------------------------------------------------------------------------


def test_everybody_is_asked_when_quality_assurance_ends(
    cycle: Any, person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        move_cycle(cycle=cycle, step="finish_quality_assurance", actor=person(Role.LEAD_QA))
    asked = ReviewRound.objects.get(cycle=cycle)
    assert asked.ends_on == add_working_days(timezone.localdate(), 10)
    parts = list(asked.invitations.order_by("part").values_list("part", flat=True))
    assert parts == ["auditee"] + ["auditor"] * 6, "the worker of three cases is asked once"
    told = [message for message in mail.outbox if "how was the audit for you" in message.subject]
    assert len(told) == 7
    assert all(len(message.to) == 1 and url(cycle, "answer/") in message.body for message in told)


def test_an_auditor_finds_the_questions_in_my_work_and_answers_once(
    cycle: Any, sign_in: Any
) -> None:
    auditor = cycle.team.first().person
    a_round(cycle, auditors=[auditor, a_person("Other")])
    client = sign_in(auditor)
    assert url(cycle, "answer/") in client.get(reverse("home:my_work")).content.decode()
    page = client.get(url(cycle, "answer/")).content.decode()
    assert "What prepared you well" in page and "without who wrote them" in page
    done = client.post(url(cycle, "answer/"), {"different": CANARY}, follow=True)
    assert "kept without your name" in done.content.decode()
    again = client.post(url(cycle, "answer/"), {"different": "And again"}, follow=True)
    assert "You have answered these questions" in again.content.decode()
    assert list(ReviewAnswer.objects.values_list("text", flat=True)) == [CANARY]
    assert url(cycle, "answer/") not in client.get(reverse("home:my_work")).content.decode()


def test_a_replay_that_met_the_page_before_is_refused(cycle: Any) -> None:
    asked = a_round(cycle, auditors=people(2, "Replay"))
    invitation, stale = asked.invitations.first(), asked.invitations.first()
    take_answers(invitation=invitation, answers={"different": CANARY})
    with pytest.raises(AnswerNotTaken, match="answered already"):
        take_answers(invitation=stale, answers={"different": "Twice"})
    assert ReviewAnswer.objects.count() == 1


def test_after_the_last_day_nothing_is_taken(cycle: Any, sign_in: Any) -> None:
    late = a_person("Late")
    a_round(cycle, auditors=[late], ends_in=-1)
    answer = sign_in(late).post(url(cycle, "answer/"), {"different": CANARY}, follow=True)
    assert "days for answering are over" in answer.content.decode()
    assert not ReviewAnswer.objects.exists()


def test_strangers_and_leads_who_were_not_asked_find_nothing(
    cycle: Any, sign_in: Any, stranger: Any
) -> None:
    a_round(cycle, auditors=people(1, "Asked"))
    for who in (stranger, Role.LEAD_QA, Role.QA_OFFICER, Role.FRONT_LINE):
        assert sign_in(who).get(url(cycle, "answer/")).status_code == 404
        assert sign_in(who).post(url(cycle, "answer/"), {"different": "x"}).status_code == 404
    assert not ReviewAnswer.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Answer at least one question"),
        ("I would rate it 4/5 overall.", "reads as a grade"),
        ("Overall the audit was rated outstanding.", "reads as a grade"),
        ("Marguerite Okonjo-Lane explained it.", "name of a colleague"),
        ("Ring me on 07700 900123.", "telephone number"),
    ],
)
def test_what_is_refused_is_said_and_the_words_stay_on_the_page(
    cycle: Any, sign_in: Any, text: str, said: str
) -> None:
    writer = a_person("Writer")
    asked = a_round(cycle, auditors=[writer])
    answer = sign_in(writer).post(url(cycle, "answer/"), {"different": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert text in answer.content.decode()
    assert not asked.answers.exists()
    assert not asked.invitations.get().has_answered


# --- Who wrote what ----------------------------------------------------------------------------------------


def test_no_row_that_is_written_with_an_answer_names_who_wrote_it(cycle: Any, sign_in: Any) -> None:
    writer = a_person("Writer")
    asked = a_round(cycle, auditors=[writer, *people(5, "Other")])
    client = sign_in(writer)
    events, looks = Event.objects.count(), AccessEvent.objects.count()
    client.get(url(cycle, "answer/"))
    client.post(url(cycle, "answer/"), {"different": CANARY, "talk": "The room was cold."})
    assert Event.objects.count() == events
    assert AccessEvent.objects.count() == looks
    columns = {field.column for field in ReviewAnswer._meta.fields}
    assert columns == {"id", "round_id", "part", "question", "text"}
    assert {field.column for field in ReviewInvitation._meta.fields} == {
        "id",
        "round_id",
        "person_id",
        "part",
        "has_answered",
    }, "a moment here would tie the answers of that moment to the person"
    assert asked.answers.count() == 2


def test_nothing_of_the_answers_is_in_the_index_of_references(cycle: Any) -> None:
    asked = a_round(cycle, auditors=people(2, "Two"))
    answered(asked, "auditor", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_id FROM wagtailcore_referenceindex")
        referenced = {row[0].replace("-", "") for row in cursor.fetchall()}
    assert ReviewAnswer.objects.get().pk.hex not in referenced


def test_answers_come_in_an_order_that_says_nothing(cycle: Any) -> None:
    """Twelve answers in the order of their coming would be one chance in many millions."""
    asked = a_round(cycle, auditors=people(12, "Many"), ends_in=5)
    answered(asked, "auditor", 12)
    [voices, _] = show_round(asked, timezone.localdate()).voices
    [texts] = [texts for _, texts in voices.answers if texts]
    assert len(texts) == 12
    assert [len(text) for text in texts] != sorted(len(text) for text in texts)


def test_the_database_keeps_answers_as_they_were_written(cycle: Any) -> None:
    asked = a_round(cycle, auditors=people(2, "Two"))
    answered(asked, "auditor", 1)
    for change in (
        lambda: ReviewAnswer.objects.update(text="something else"),
        lambda: ReviewAnswer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_lead_sees_nothing_while_people_answer_not_even_how_many(
    cycle: Any, sign_in: Any
) -> None:
    """Otherwise each new answer has the name of whoever has just stopped to be missing."""
    asked = a_round(cycle, auditors=people(8, "Many"))
    pages = []
    for count in (0, 6):
        answered(asked, "auditor", count)
        pages.append(sign_in(Role.LEAD_QA).get(url(cycle)).content.decode())
    before, after = (page.split("<main", 1)[1].split("</main", 1)[0] for page in pages)
    assert before == after
    assert "People are answering" in after
    assert CANARY not in after


def test_five_are_shown_when_the_days_are_over(cycle: Any, sign_in: Any) -> None:
    asked = a_round(cycle, auditors=people(7, "Many"), auditees=people(4, "Worker"))
    answered(asked, "auditor", 5)
    answered(asked, "auditee", 4)
    _end(asked)
    for role in (Role.LEAD_QA, Role.QA_OFFICER):
        page = sign_in(role).get(url(cycle)).content.decode()
        assert "5 of 7 answered" in page
        assert page.count(CANARY) == 5, "those of the four workers stay hidden"
        assert "fewer than 5 of fewer than 5 answered" in page


def test_nobody_is_told_whether_four_or_nobody_answered(cycle: Any, sign_in: Any) -> None:
    asked = a_round(cycle, auditors=people(9, "Many"), auditees=people(9, "Worker"))
    answered(asked, "auditor", 4)
    _end(asked)
    shown = show_round(asked, timezone.localdate())
    [few, none] = shown.voices
    assert few.words == none.words == "fewer than 5 of 9 answered"
    assert few.answers == none.answers == []


def test_others_do_not_open_the_answers(cycle: Any, sign_in: Any, stranger: Any) -> None:
    asked = a_round(cycle, auditors=people(6, "Many"))
    answered(asked, "auditor", 6)
    for who in (stranger, *sorted(set(Role) - {Role.LEAD_QA, Role.QA_OFFICER})):
        assert sign_in(who).get(url(cycle)).status_code == 403
        assert sign_in(who).get("/audits/process-review/").status_code == 403


def _end(asked: ReviewRound) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ReviewRound.objects.filter(pk=asked.pk).update(ends_on=yesterday)
    asked.refresh_from_db()


# --- The gate ------------------------------------------------------------------------------------------------


@pytest.fixture
def published(cycle: Any) -> Any:
    type(cycle).objects.filter(pk=cycle.pk).update(state=CycleState.LEARNING_PUBLISHED)
    return type(cycle).objects.get(pk=cycle.pk)


def test_a_cycle_does_not_close_before_its_people_were_asked(
    published: Any, person: Any, sign_in: Any
) -> None:
    lead = person(Role.LEAD_QA)
    with pytest.raises(CycleNotReady, match="have not been asked"):
        move_cycle(cycle=published, step="close", actor=lead)
    asked = sign_in(lead).post(url(published, "ask/"), follow=True)
    assert "They are asked" in asked.content.decode()
    with pytest.raises(CycleNotReady, match="still being asked"):
        move_cycle(cycle=published, step="close", actor=lead)
    _end(ReviewRound.objects.get(cycle=published))
    assert move_cycle(cycle=published, step="close", actor=lead).state == CycleState.CLOSED


def test_it_closes_as_soon_as_all_have_answered(published: Any, person: Any) -> None:
    asked = open_round(cycle=published, opened_by=person(Role.LEAD_QA))
    answered(asked, "auditor", 6)
    with pytest.raises(CycleNotReady, match="still being asked"):
        move_cycle(cycle=published, step="close", actor=person(Role.LEAD_QA))
    answered(asked, "auditee", 1)
    closed = move_cycle(cycle=published, step="close", actor=person(Role.LEAD_QA))
    assert closed.state == CycleState.CLOSED


@pytest.mark.parametrize("who", [Role.QA_OFFICER, Role.AUDIT_ADMIN, Role.FRONT_LINE])
def test_only_the_lead_asks(published: Any, sign_in: Any, who: Role) -> None:
    assert sign_in(who).post(url(published, "ask/")).status_code == 403
    assert not ReviewRound.objects.exists()


def test_nobody_is_asked_twice_about_one_cycle(published: Any, sign_in: Any) -> None:
    for _ in range(2):
        answer = sign_in(Role.LEAD_QA).post(url(published, "ask/"), follow=True)
    assert "have been asked already" in answer.content.decode()
    assert ReviewRound.objects.count() == 1


def test_a_year_costs_the_same_queries_with_one_cycle_and_with_four(
    cycle: Any, person: Any
) -> None:
    review = open_review(programme=cycle.programme, opened_by=person(Role.LEAD_QA))
    a_round(cycle, auditors=people(6, "Many"))
    with_one = _queries(review)
    for number in (2, 3, 4):
        first_day = timezone.localdate() + timedelta(days=10 * number)
        a_round(a_cycle(f"2031-Q{number}", first_day=first_day), auditors=people(3, f"Of{number}x"))
    assert _queries(review) == with_one


def _queries(review: ProcessReview) -> int:
    fresh = ProcessReview.objects.select_related("programme").get(pk=review.pk)
    with CaptureQueriesContext(connection) as captured:
        assert evidence_of(fresh, timezone.localdate()).rounds
    return len(captured)
