"""The questions of the morning, the talk or why there was none, and what may be taken out again (A26–A36)."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.events.models import Event
from learning.submissions.models import AuditSubmission
from tests.learning.submissions.conftest import Audit
from tests.learning.submissions.test_thin_line import Desk, talk
from tests.learning.submissions.test_who_may import State, in_state

pytestmark = pytest.mark.django_db
WHY = "Why did you keep the visits on Fridays?"
NO_TALK = "Off sick, and nobody else knows her."


@pytest.fixture
def pair(opened: Audit, sign_in: Callable[..., Client]) -> Desk:
    """The first auditor, who has written something of the child's day."""
    desk = Desk(opened, sign_in(opened.first))
    desk.save("lived_experience", saw="She walks to school alone.")
    return desk


def reader(desk: Desk, sign_in: Callable[..., Client]) -> str:
    """What the worker reads."""
    in_state(desk.audit, State.SUBMITTED)
    return unescape(Desk(desk.audit, sign_in(desk.audit.lead)).get("read/"))


def actions(desk: Desk) -> list[str]:
    rows = Event.objects.filter(object_id=str(desk.audit.submission.pk)).order_by("pk")
    return [row.action.removeprefix("auditsubmission.") for row in rows]


def test_questions_are_not_agreed_without_one(pair: Desk) -> None:
    pair.post("questions/agree/")
    assert pair.audit.fresh().state == State.READING
    assert "at least one question" in pair.get("questions/")


@pytest.mark.parametrize("was_emptied", [True, False])
def test_nor_without_the_childs_day(
    opened: Audit, sign_in: Callable[..., Client], was_emptied: bool
) -> None:
    pair = Desk(opened, sign_in(opened.first))
    if was_emptied:
        pair.save("lived_experience", saw="She walks to school alone.")
        pair.save("lived_experience", saw="")
    pair.save("voice", saw="Seen alone.")
    pair.post("questions/", text=WHY)
    pair.post("questions/agree/")
    assert pair.audit.fresh().state == State.READING
    assert "a day in this child’s life" in unescape(pair.get("questions/"))


def test_the_talk_is_not_recorded_before_the_questions_are_agreed(pair: Desk) -> None:
    pair.post("conversation/not-held/", 422, reason=NO_TALK)
    assert pair.audit.fresh().state == State.READING


def test_without_the_talk_it_goes_on_with_a_reason(
    pair: Desk, sign_in: Callable[..., Client]
) -> None:
    pair.post("questions/", text=WHY)
    pair.post("questions/agree/")
    pair.post("conversation/not-held/", 422, reason=" ")
    assert pair.audit.fresh().state == State.QUESTIONS_AGREED
    pair.post("conversation/not-held/", reason=NO_TALK)
    assert pair.audit.fresh().state == State.FINALISING
    assert actions(pair)[-2:] == ["go_on_without_conversation", "finalise"]
    assert NO_TALK not in str(list(Event.objects.values_list()))
    page = reader(pair, sign_in)
    assert f"It was not possible:</strong> {NO_TALK}" in page
    assert "light-bulb" not in page


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ({"light_bulb_consent": "on"}, "The worker agrees that it may help others to learn."),
        ({}, "The worker has not agreed that it is used beyond this audit."),
    ],
)
def test_readers_see_whether_the_worker_agreed_to_the_light_bulb(
    pair: Desk, sign_in: Callable[..., Client], consent: dict[str, str], said: str
) -> None:
    pair.post("questions/", text=WHY)
    pair.post("questions/agree/")
    record(pair, light_bulb="It was the weekends.", **consent)
    kept = pair.audit.fresh().conversation  # type: ignore[attr-defined]
    assert kept.light_bulb_consent is bool(consent)
    page = reader(pair, sign_in)
    assert said in page
    others = {"The worker agrees that it may", "The worker has not agreed"}
    assert sum(words in page for words in others) == 1


def test_agreement_to_nothing_is_not_kept(pair: Desk) -> None:
    pair.post("questions/", text=WHY)
    pair.post("questions/agree/")
    record(pair, light_bulb="", light_bulb_consent="on")
    assert pair.audit.fresh().conversation.light_bulb_consent is False  # type: ignore[attr-defined]


def record(desk: Desk, **fields: Any) -> None:
    day = timezone.localdate() - timedelta(days=1)
    typed = {"held_on_day": day.day, "held_on_month": day.month, "held_on_year": day.year}
    desk.post("conversation/", participants=["social_worker"], **typed, **fields)


def test_a_question_with_the_workers_reasons_stays(pair: Desk) -> None:
    talk(pair)
    question = pair.audit.submission.questions.get()
    pair.post("questions/", text="What would help you?")
    assert f"questions/{question.pk}/remove/" not in pair.get("questions/")
    pair.post(f"questions/{question.pk}/remove/")
    assert "The worker’s reasons stand with this question" in unescape(pair.get("questions/"))
    other = pair.audit.submission.questions.last()
    pair.post(f"questions/{other.pk}/remove/")
    assert list(pair.audit.submission.questions.all()) == [question]
    assert actions(pair)[-1] == "question_removed"


def test_the_last_question_goes_only_before_they_are_agreed(pair: Desk) -> None:
    pair.post("questions/", text=WHY)
    questions = pair.audit.submission.questions
    pair.post(f"questions/{questions.get().pk}/remove/")
    assert not questions.exists()
    pair.post("questions/", text=WHY)
    pair.post("questions/agree/")
    pair.post(f"questions/{questions.get().pk}/remove/")
    assert "One question stays" in pair.get("questions/")
    assert questions.count() == 1


def test_a_gap_without_its_kind_keeps_what_was_typed(pair: Desk) -> None:
    talk(pair)
    answer = pair.post("gaps/", 422, **{"gap-text": "She saw her aunt in May."})
    page = answer.content.decode()
    assert "She saw her aunt in May." in page
    assert "There is a problem" in page
    assert "That she rang by herself." in page
    assert not pair.audit.submission.gaps.exists()


def test_statements_and_gaps_are_taken_out_by_the_pair_alone(
    pair: Desk, sign_in: Callable[..., Client]
) -> None:
    talk(pair)
    pair.post("gaps/", **{"gap-kind": "visit", "gap-text": "She saw her aunt in May."})
    said = {"statement-kind": "strength", "statement-text": "Steady visits helped her."}
    pair.post("sections/voice/statements/", **said)
    gap = pair.audit.submission.gaps.get()
    statement = pair.audit.submission.entries.get(section__key="voice").statements.get()
    ways = (f"gaps/{gap.pk}/remove/", f"statements/{statement.pk}/remove/")
    for stranger in (pair.audit.worker, pair.audit.lead):
        for way in ways:
            assert sign_in(stranger).post(pair.url(way)).status_code == 404
    in_state(pair.audit, State.SUBMITTED)
    for way in ways:
        pair.post(way)
    assert pair.audit.submission.gaps.exists()
    in_state(pair.audit, State.FINALISING)
    for way in ways:
        pair.post(way)
    assert not pair.audit.submission.gaps.exists()
    assert not pair.audit.submission.entries.get(section__key="voice").statements.exists()
    assert actions(pair)[-2:] == ["gap_removed", "statement_removed"]


def test_nothing_of_another_audit_is_taken_out_through_ones_own(pair: Desk) -> None:
    from tests.learning.audit import a_sampled_case, a_submission

    case = pair.audit.submission.case
    other: AuditSubmission = a_submission(a_sampled_case(case.cycle, worker=pair.audit.worker))
    question = other.questions.create(text="Why?", written_by=pair.audit.first)
    gap = other.gaps.create(kind="visit", text="A visit.")
    entry = other.entries.create(section=other.form.sections.first())
    statement = entry.statements.create(
        kind="strength", text="It helped.", written_by=pair.audit.first
    )
    for way in (f"questions/{question.pk}", f"gaps/{gap.pk}", f"statements/{statement.pk}"):
        pair.post(f"{way}/remove/", 404)
    assert other.questions.exists() and other.gaps.exists() and entry.statements.exists()


def test_a_refused_addendum_keeps_what_was_typed(pair: Desk) -> None:
    in_state(pair.audit, State.LOCKED)
    answer = pair.post("addendum/", 422, text="Her brother wrote later.", reason="")
    page = answer.content.decode()
    assert "Her brother wrote later." in page
    assert "There is a problem" in page
    assert not pair.audit.submission.addenda.exists()
    in_state(pair.audit, State.COMPLETE)
    answer = pair.post("addendum/", 422, text="Her brother wrote later.", reason="In June.")
    assert "Her brother wrote later." in answer.content.decode()
    assert "Before the lock" in answer.content.decode()
