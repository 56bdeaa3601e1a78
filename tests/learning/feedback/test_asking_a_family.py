"""One parent, from the end of the days to the audit that shows her views, through everybody's own pages."""

import re
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from audit_pages.models import FeedbackQuestionSetPage
from learning.events.models import Event
from learning.feedback import asking
from learning.feedback.asking import begin_asking
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import AskedPerson, FeedbackState
from learning.programme.gates import missing_for
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from learning.vocabulary.models import Theme
from tests.learning.audit import a_family_feedback
from tests.learning.feedback.conftest import NOTES, SAFE, Desk, Family, day_fields

pytestmark = pytest.mark.django_db
VERBATIM = "She asked me what I thought, and she came back with it."
QUOTE = "She asked me what I thought."


def invitation(family: Family) -> dict[str, Any]:
    page = FeedbackQuestionSetPage.objects.get(slug="parents-and-carers")
    return {
        "asked": "parent_or_carer",
        "led_by": str(family.first.pk),
        "consent": "Mother, by telephone",
        "questions": str(page.live_revision_id),
        "told": "on",
        **day_fields("consent_on", timezone.localdate()),
    }


def up_to_the_notes(family: Family, desk: Any, django_capture_on_commit_callbacks: Any) -> Desk:
    """The first auditor's desk, once the mother was met."""
    worker, first = desk(family, family.worker), desk(family, family.first)
    with django_capture_on_commit_callbacks(execute=True):
        worker.post("safety/", **SAFE)
    assert {message.to[0] for message in mail.outbox} >= {family.first.email, family.second.email}
    assert "Ring in the mornings" in first.get()
    first.post("invite/", **invitation(family))
    first.post("meeting/", was_written="no", **day_fields("happened_on", timezone.localdate()))
    return first


def test_from_the_safety_question_to_the_complete_audit(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    answer = family.parent.answers.first()
    assert answer is not None
    words = {**NOTES, f"answer_{answer.pk}": VERBATIM}
    first.post("notes/", 422, finish="yes", **{**words, "main_points": ""})
    first.post("notes/", finish="yes", **words)
    first.post("themes/", **{"theme-theme": _theme(), "theme-view": "different"})
    first.post(
        "quotes/", **{"quote-words": QUOTE, **day_fields("quote-agreed_on", timezone.localdate())}
    )
    assert VERBATIM in desk(family, family.officer).get()
    lead = desk(family, family.lead).client
    read = f"/audits/submissions/{family.ref}/read/"
    assert "not all in yet" in lead.get(read).content.decode()
    first.post("incorporate/")
    assert family.state() == FeedbackState.INCORPORATED

    lead.post(f"/audits/submissions/{family.ref}/complete/")
    assert _audit(family).state == SubmissionState.AWAITING_FAMILY
    desk(family, family.second).client.post(
        f"/audits/family-feedback/{family.ref}/{family.child.pk}/end/",
        {"outcome": "not_appropriate", "reason": "A baby of some weeks."},
    )
    lead.post(f"/audits/submissions/{family.ref}/complete/")
    assert _audit(family).state == SubmissionState.COMPLETE

    shown = desk(family, family.worker).client.get(read).content.decode()
    for text in (NOTES["main_points"], NOTES["differs"], QUOTE, "Not right to ask now"):
        assert text in shown
    for text in (VERBATIM, NOTES["noticed"], "A baby of some weeks"):
        assert text not in shown


def _theme() -> str:
    return str(Theme.objects.filter(is_active=True).order_by("code")[0].pk)


def _audit(family: Family) -> AuditSubmission:
    return AuditSubmission.objects.get(pk=family.submission.pk)


def test_the_questions_are_kept_as_they_were_asked(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    page = FeedbackQuestionSetPage.objects.get(slug="parents-and-carers")
    asked = page.body[1].value["questions"][0]["text"]
    pinned = FamilyFeedback.objects.get(pk=family.parent.pk)
    assert pinned.question_set_revision == page.live_revision_id
    page.body[1].value["questions"][0]["text"] = "Something else?"
    page.save()
    assert asked in first.get("notes/")
    assert pinned.answers.count() == 11


def test_each_step_is_an_event_and_holds_no_words(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    rows = Event.objects.filter(
        object_type="learning.familyfeedback", object_id=str(family.parent.pk)
    ).order_by("pk")
    steps = [row.action.removeprefix("familyfeedback.") for row in rows]
    assert steps == ["added", "find_safe", "invite", "meet"]
    assert not any(row.reason for row in rows)


def test_the_end_of_the_days_asks_the_worker_once(
    family: Family, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    cycle = family.submission.case.cycle
    with django_capture_on_commit_callbacks(execute=True):
        assert begin_asking(cycle=cycle, begun_by=None) == []
    FamilyFeedback.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        begun = begin_asking(cycle=cycle, begun_by=None)
    assert [row.asked for row in begun] == ["child", "parent_or_carer"]
    assert [message.to for message in mail.outbox] == [[family.worker.email]]
    assert family.ref in mail.outbox[0].subject


def test_the_cycle_waits_for_each_family(family: Family) -> None:
    cycle = family.submission.case.cycle

    def of_families() -> list[str]:
        missing = missing_for(cycle, "finish_family_feedback")
        return [row for row in missing if "is not complete" not in row]

    assert [row[: len(family.ref)] for row in of_families()] == [family.ref, family.ref]
    for row in (family.child, family.parent):
        row.delete()
    assert of_families() == [
        f"{family.ref}: nobody of the family was asked, and no reason is given."
    ]
    a_family_feedback(family.submission, FeedbackState.NOT_SAFE)
    assert of_families() == []


def test_work_waits_for_whose_turn_it_is(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def work_of(person: Any) -> str:
        return str(desk(family, person).client.get("/my/my-work/").content.decode())

    ask = "say whether it is safe to contact the family"
    assert ask in work_of(family.worker)
    assert ask in work_of(family.manager)
    assert ask not in work_of(family.first)
    up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    assert "write up what the family said" in work_of(family.first)
    assert "write up what the family said" not in work_of(family.worker)
    FamilyFeedback.objects.update(state=FeedbackState.DECLINED)
    assert f"Complete audit {family.ref}" in work_of(family.lead)


def test_somebody_who_was_asked_early_does_not_stop_the_others(family: Family) -> None:
    FamilyFeedback.objects.filter(
        asked__in=(AskedPerson.CHILD, AskedPerson.PARENT_OR_CARER)
    ).delete()
    asking.add_person(
        submission=family.submission,
        asked=AskedPerson.FOSTER_CARER_OR_STAFF,
        relation="foster carer",
        added_by=family.first,
    )
    begin_asking(cycle=family.submission.case.cycle, begun_by=None)
    asked = set(family.submission.family_feedback.values_list("asked", flat=True))
    assert {AskedPerson.CHILD, AskedPerson.PARENT_OR_CARER} <= asked


def test_two_who_write_the_notes_see_both_texts(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    second = desk(family, family.second)
    page = first.client.get(first.url("notes/")).context["form"]
    fields = {one.html_name: one.value() or "" for one in page if one.name != "harm_passed_on"}
    said = {"main_points": "She felt heard.", "noticed": "She smiled.", "harm_passed_on": "on"}
    first.post("notes/", **fields | said)
    told = second.post("notes/", 422, **fields | {"main_points": "The visits helped."})
    assert "Nothing was overwritten" in told
    assert "She felt heard.\n\nThe visits helped." in told
    family.parent.refresh_from_db()
    assert (family.parent.main_points, family.parent.noticed) == ("She felt heard.", "She smiled.")
    ticked = re.search(r'<input[^>]*name="harm_passed_on"[^>]*>', told)
    assert ticked and "checked" in ticked[0], "what the one has passed on stays said"


def test_after_a_refused_theme_the_notes_are_still_saved_to_their_own_page(
    family: Family, desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = up_to_the_notes(family, desk, django_capture_on_commit_callbacks)
    told = first.post("themes/", 422, **{"theme-theme": "", "theme-view": ""})
    assert f'<form action="{first.url("notes/")}"' in told
