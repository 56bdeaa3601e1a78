"""What asking a family does not allow, and what the database itself refuses."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from learning.events.steps import StepNotPossible
from learning.feedback import asking, writing_up
from learning.feedback.asking import SafetyAnswers
from learning.feedback.models import AgreedQuote, FamilyFeedback, FeedbackAnswer, SafetyCheck
from learning.feedback.questions import QuestionSet
from learning.feedback.reaching import AskingNotPossible
from learning.feedback.states import AskedPerson, FeedbackState
from learning.people.models import StaffMember
from learning.submissions.models import AuditSubmission
from tests.learning.audit import a_family_feedback
from tests.learning.feedback.conftest import SAFE, Family, day_fields

pytestmark = pytest.mark.django_db
ANSWERS = SafetyAnswers("no", "no", "no", "no", "no", "ring")
QUESTIONS = QuestionSet("Questions", "Parents", "/q/", 7, ("Why do we come?", "What helped?"))
State = FeedbackState


def check(feedback: FamilyFeedback, by: Any, is_safe: bool = True) -> FamilyFeedback:
    return asking.check_safety(feedback=feedback, answers=ANSWERS, is_safe=is_safe, checked_by=by)


def invite(family: Family, **changes: Any) -> FamilyFeedback:
    usual = {
        "feedback": family.parent,
        "asked": AskedPerson.PARENT_OR_CARER,
        "led_by": family.first,
        "consent": "Mother, by telephone",
        "consent_on": timezone.localdate(),
        "support": "",
        "questions": QUESTIONS,
        "invited_by": family.first,
    }
    return asking.invite(**(usual | changes))


def heard(family: Family) -> FamilyFeedback:
    """The mother was met, and said something."""
    check(family.parent, family.worker)
    invite(family)
    today = timezone.localdate()
    met = writing_up.record_meeting(
        feedback=family.parent, happened_on=today, was_written=False, recorded_by=family.first
    )
    answer = met.answers.first()
    assert answer is not None
    notes = writing_up.Notes({answer.pk: "You listened."}, "", "She felt heard.", "The visits.")
    return writing_up.finish_notes(feedback=met, notes=notes, written_by=family.first)


@pytest.mark.parametrize("who", ["first", "second", "lead", "officer"])
def test_only_the_worker_or_the_manager_says_that_it_is_safe(family: Family, who: str) -> None:
    with pytest.raises(PermissionDenied):
        check(family.parent, getattr(family, who))
    assert check(family.parent, family.manager).state == State.SAFETY_CHECKED


def test_without_a_worker_the_lead_of_the_cycle_answers(family: Family) -> None:
    case = family.submission.case
    case.worker = None
    case.save()
    assert check(family.parent, family.lead).state == State.SAFETY_CHECKED


@pytest.mark.parametrize("gone", [{"is_active": False}, {"ends_on": date(2020, 1, 31)}])
@pytest.mark.parametrize("manager", ["none", "gone too"])
def test_when_worker_and_manager_have_left_the_lead_hears_and_answers(
    family: Family,
    desk: Any,
    gone: dict[str, Any],
    manager: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    leave(family.worker, **gone)
    with pytest.raises(PermissionDenied):
        check(family.parent, family.lead)
    if manager == "none":
        leave(family.worker, line_manager=None)
    else:
        leave(family.manager, **gone)
    mail.outbox.clear()
    fresh = AuditSubmission.objects.get(pk=family.submission.pk)
    with django_capture_on_commit_callbacks(execute=True):
        asking.add_person(
            submission=fresh,
            asked=AskedPerson.PARENT_OR_CARER,
            relation="father",
            added_by=family.first,
        )
    assert [message.to for message in mail.outbox] == [[family.lead.email]]
    for other in (family.first, family.officer):
        with pytest.raises(PermissionDenied):
            check(family.parent, other)
    desk(family, family.lead).post("safety/", **SAFE)
    assert family.state() == State.SAFETY_CHECKED


def leave(person: StaffMember, **changes: Any) -> None:
    StaffMember.objects.filter(pk=person.pk).update(**changes)


def test_nobody_is_met_before_they_agreed(family: Family, desk: Any) -> None:
    check(family.parent, family.worker)
    today = timezone.localdate()
    invite(family, consent_on=today - timedelta(days=2))
    early = day_fields("happened_on", today - timedelta(days=3))
    page = desk(family, family.first).post("meeting/", 422, was_written="no", **early)
    assert "before they agreed" in page
    assert family.state() == State.INVITED
    on_the_day = day_fields("happened_on", today - timedelta(days=2))
    desk(family, family.first).post("meeting/", was_written="no", **on_the_day)
    assert family.state() == State.HELD


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Ring me on 07700 900123, she said.", "could be recognised"),
        ("She rang back.", "Enter a day"),
    ],
)
def test_a_refused_quote_keeps_what_was_typed(
    family: Family, desk: Any, words: str, says: str
) -> None:
    heard(family)
    typed = {"quote-words": words}
    if "07700" in words:
        typed |= day_fields("quote-agreed_on", timezone.localdate())
    page = desk(family, family.first).post("quotes/", 422, **typed)
    assert words in page and says in page
    assert "She felt heard." in page
    assert not family.parent.quotes.exists()


def test_a_refused_theme_keeps_how_they_see_it(family: Family, desk: Any) -> None:
    heard(family)
    page = desk(family, family.first).post("themes/", 422, **{"theme-view": "different"})
    assert "Choose" in page
    chosen = [tag for tag in re.findall(r"<input[^>]*>", page) if "checked" in tag]
    assert ['value="different"' in tag for tag in chosen] == [True]


def test_not_safe_ends_it_also_after_it_was_safe(family: Family) -> None:
    check(family.parent, family.worker)
    invite(family)
    assert check(family.parent, family.manager, is_safe=False).state == State.NOT_SAFE
    with pytest.raises(StepNotPossible):
        check(family.parent, family.worker)


def test_nobody_is_invited_before_it_is_safe(family: Family) -> None:
    with pytest.raises(StepNotPossible):
        invite(family)
    assert not FeedbackAnswer.objects.exists()


def test_the_five_answers_are_words_and_yes_says_how(family: Family, desk: Any) -> None:
    worker = desk(family, family.worker)
    for name in ("domestic_abuse", "bail", "address", "distress", "court", "how", "is_safe"):
        worker.post("safety/", 422, **{**SAFE, name: ""})
    assert not SafetyCheck.objects.exists()


@pytest.mark.parametrize("led_by", ["worker", "manager", "lead"])
def test_one_of_the_pair_leads_and_never_the_worker(family: Family, led_by: str) -> None:
    check(family.parent, family.worker)
    with pytest.raises(AskingNotPossible):
        invite(family, led_by=getattr(family, led_by))


def test_an_auditor_who_manages_the_worker_does_not_ask(family: Family) -> None:
    check(family.parent, family.manager)
    StaffMember.objects.filter(pk=family.worker.pk).update(line_manager=family.first)
    feedback = FamilyFeedback.objects.get(pk=family.parent.pk)
    with pytest.raises(PermissionDenied):
        invite(family, feedback=feedback)


def test_consent_is_recorded_and_not_ahead_of_time(family: Family) -> None:
    check(family.parent, family.worker)
    for changes in ({"consent": " "}, {"consent_on": timezone.localdate() + timedelta(days=1)}):
        with pytest.raises(AskingNotPossible):
            invite(family, **changes)
    assert family.state() == State.SAFETY_CHECKED


def test_not_reached_takes_three_tries_on_three_days(family: Family) -> None:
    check(family.parent, family.worker)
    today = timezone.localdate()

    def attempt(days_ago: int) -> None:
        asking.record_try(
            feedback=family.parent,
            tried_on=today - timedelta(days=days_ago),
            way="telephone",
            tried_by=family.first,
        )

    def give_up() -> FamilyFeedback:
        return asking.end_asking(
            feedback=family.parent, outcome=State.NOT_REACHED, reason="", ended_by=family.first
        )

    attempt(0)
    with pytest.raises(AskingNotPossible):
        attempt(0)
    attempt(1)
    with pytest.raises(AskingNotPossible):
        give_up()
    attempt(2)
    assert give_up().state == State.NOT_REACHED


@pytest.mark.parametrize("outcome", [State.NOT_SAFE, State.NOT_APPROPRIATE])
def test_an_end_of_ours_needs_a_reason(family: Family, outcome: FeedbackState) -> None:
    with pytest.raises(AskingNotPossible):
        asking.end_asking(feedback=family.child, outcome=outcome, reason=" ", ended_by=family.first)
    ended = asking.end_asking(
        feedback=family.child, outcome=outcome, reason="A baby.", ended_by=family.lead
    )
    assert ended.state == outcome


def test_who_takes_it_back_takes_the_words_along(family: Family) -> None:
    feedback = heard(family)
    writing_up.agree_quote(
        feedback=feedback,
        words="You listened.",
        agreed_on=timezone.localdate(),
        recorded_by=family.first,
    )
    ended = asking.end_asking(
        feedback=feedback, outcome=State.DECLINED, reason="", ended_by=family.second
    )
    assert not ended.answers.exclude(words="").exists()
    assert (ended.main_points, ended.agrees, ended.quotes.count()) == ("", "", 0)


@pytest.mark.parametrize("relation", ["ring 07700 900123", "anna.b@example.org"])
def test_the_part_is_no_identifier(family: Family, desk: Any, relation: str) -> None:
    url = f"/audits/family-feedback/{family.ref}/add/"
    client = desk(family, family.first).client
    assert client.post(url, {"asked": "child", "relation": relation}).status_code == 422
    assert client.post(url, {"asked": "child", "relation": "older sister"}).status_code == 302
    assert FamilyFeedback.objects.filter(relation="older sister").count() == 1
    assert client.post(url, {"asked": "child", "relation": "prison officer"}).status_code == 302


def test_a_quote_gives_nobody_away(family: Family) -> None:
    feedback = heard(family)
    for words in ("Ring me on 07700 900123.", f"{family.worker.get_full_name()} came each week."):
        with pytest.raises(AskingNotPossible):
            writing_up.agree_quote(
                feedback=feedback,
                words=words,
                agreed_on=timezone.localdate(),
                recorded_by=family.first,
            )
    assert not AgreedQuote.objects.exists()


def test_what_is_in_the_audit_never_changes(family: Family) -> None:
    feedback = writing_up.incorporate(feedback=heard(family), incorporated_by=family.first)
    answer = feedback.answers.first()
    assert answer is not None
    for change in (
        lambda: FamilyFeedback.objects.filter(pk=feedback.pk).update(main_points="Other"),
        lambda: FeedbackAnswer.objects.filter(pk=answer.pk).update(words="Other"),
        lambda: FeedbackAnswer.objects.filter(pk=answer.pk).delete(),
        lambda: feedback.answers.create(order=99, question="New?"),
        lambda: SafetyCheck.objects.filter(feedback=feedback).update(bail="Other"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_quote_is_taken_back_for_good_also_later(family: Family) -> None:
    feedback = heard(family)
    quote = writing_up.agree_quote(
        feedback=feedback,
        words="You listened.",
        agreed_on=timezone.localdate(),
        recorded_by=family.first,
    )
    writing_up.incorporate(feedback=feedback, incorporated_by=family.first)
    writing_up.withdraw_quote(quote=quote, withdrawn_by=family.lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreedQuote.objects.filter(pk=quote.pk).update(withdrawn_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreedQuote.objects.filter(pk=quote.pk).update(words="Other")


def test_a_step_taken_twice_is_taken_once(family: Family) -> None:
    feedback = heard(family)
    writing_up.incorporate(feedback=feedback, incorporated_by=family.first)
    with pytest.raises(StepNotPossible):
        writing_up.incorporate(feedback=feedback, incorporated_by=family.second)


@pytest.mark.parametrize("state", ["complete", "locked"])
def test_nothing_goes_into_an_audit_that_is_complete(family: Family, state: str) -> None:
    feedback = heard(family)
    AuditSubmission.objects.filter(pk=family.submission.pk).update(state=state)
    fresh = FamilyFeedback.objects.get(pk=feedback.pk)
    with pytest.raises(StepNotPossible):
        writing_up.incorporate(feedback=fresh, incorporated_by=family.first)
    with pytest.raises(StepNotPossible):
        asking.add_person(
            submission=fresh.submission,
            asked=AskedPerson.CHILD,
            relation="",
            added_by=family.first,
        )


def test_a_refused_step_keeps_what_was_typed(family: Family, desk: Any) -> None:
    check(family.parent, family.worker)
    first = desk(family, family.first)
    tomorrow = day_fields("tried_on", timezone.localdate() + timedelta(days=1))
    page = first.post("try/", 422, way="visit", **tomorrow)
    assert "still to come" in page
    assert a_family_feedback(family.submission).tries.count() == 0
