"""A letter from its nomination to the worker, each step by the person whose it is and by nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from learning.access.models import AccessEvent
from learning.letters.states import LetterState
from learning.models import GoodPracticeLetter
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from learning.work import waiting_for
from tests.learning.audit import a_letter, audited_cases, parts_of_submission
from tests.learning.letters.conftest import (
    CANARY,
    NOMINATION,
    PARTS,
    Cast,
    a_colleague,
    nominating_url,
    url,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def test_the_whole_line(
    cast: Cast, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    pair, lead, senior = sign_in(cast.auditor), sign_in(cast.lead), sign_in(cast.senior)
    assert pair.get(nominating_url(cast)).status_code == 200
    assert pair.post(nominating_url(cast), NOMINATION).status_code == 302
    letter = GoodPracticeLetter.objects.get()
    assert f"Choose who writes letter {letter.ref}" in titles(cast.lead)
    assert "rang the school back" in lead.get(url("show", letter)).text
    assert senior.get(url("show", letter)).status_code == 404, "not asked yet"

    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url("choose_writer", letter), {"writer": cast.senior.pk})
    assert f"Write letter {letter.ref}" in titles(cast.senior)
    assert "rang the school back" in senior.get(url("write", letter)).text
    assert senior.post(url("write", letter), PARTS).status_code == 302
    assert f"Read and approve letter {letter.ref}" in titles(cast.lead)
    lead.post(url("approve", letter))
    assert sign_in(cast.worker).get(url("show", letter)).status_code == 404, "not sent yet"
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url("send", letter))

    worker = sign_in(cast.worker)
    waiting = f"Read letter {letter.ref}, which is for you"
    assert waiting in titles(cast.worker)
    page = worker.get(url("show", letter))
    assert all(words in page.text for words in PARTS.values())
    assert "no-store" in page["Cache-Control"]
    assert NOMINATION["what_was_done"] not in page.text
    assert waiting not in titles(cast.worker), "once it is read it asks for nothing"
    assert PARTS["thanks"] in worker.get(url("frame", letter)).text

    assert [message.to for message in mail.outbox] == [[cast.senior.email], [cast.worker.email]]
    for message in mail.outbox:
        assert url("show", letter) in message.body
        assert CANARY not in f"{message.subject} {message.body}"


def test_nobody_else_reads_it(sent: GoodPracticeLetter, cast: Cast, sign_in: Any) -> None:
    other_manager = a_colleague("Max", Role.LINE_MANAGER)
    colleague = a_colleague("Col", Role.FRONT_LINE, line_manager=cast.manager)
    other_senior = a_colleague("Sue", Role.SENIOR_MANAGER)
    superuser = a_colleague("Sup", Role.IT_SUPPORT, is_superuser=True)
    others = [cast.auditor, other_manager, colleague, other_senior, superuser]
    roles = [Role.EDITOR, Role.BOARD_MEMBER, Role.AUDIT_ADMIN, Role.INFORMATION_GOVERNANCE]
    others += [a_colleague(f"Only{role}", role) for role in roles]
    for somebody in others:
        client = sign_in(somebody)
        for name in ("show", "frame"):
            assert client.get(url(name, sent)).status_code == 404, (somebody, name)
        assert sent.ref not in client.get(reverse("letters:list")).text
    refused = AccessEvent.objects.filter(action="refused", object_id=str(sent.pk))
    assert refused.filter(object_type="learning.goodpracticeletter").count() == 2 * len(others)
    for somebody in (cast.worker, cast.manager, cast.lead, cast.officer, cast.senior):
        client = sign_in(somebody)
        assert client.get(url("show", sent)).status_code == 200, somebody
        assert sent.ref in client.get(reverse("letters:list")).text


def test_only_the_pair_and_the_lead_nominate_and_once(cast: Cast, sign_in: Any) -> None:
    for somebody in (
        cast.worker,
        cast.manager,
        cast.officer,
        cast.senior,
        a_colleague("X", Role.EDITOR),
    ):
        answer = sign_in(somebody).post(nominating_url(cast), NOMINATION)
        assert answer.status_code in (403, 404), somebody
    assert not GoodPracticeLetter.objects.exists()
    for _ in range(2):
        assert sign_in(cast.lead).post(nominating_url(cast), NOMINATION).status_code == 302
    assert GoodPracticeLetter.objects.count() == 1


def test_the_audit_leads_those_on_who_may_nominate(cast: Cast, sign_in: Any) -> None:
    parts_of_submission(cast.submission)
    address = reverse("submissions:read", args=[cast.submission.case.ref])
    for somebody, is_led in (
        (cast.auditor, True),
        (cast.lead, True),
        (cast.officer, False),
        (cast.worker, False),
    ):
        page = sign_in(somebody).get(address)
        assert page.status_code == 200, somebody
        assert (nominating_url(cast) in page.text) == is_led, somebody


def test_no_letter_comes_out_of_an_audit_that_is_still_written(cast: Cast, sign_in: Any) -> None:
    cast.submission.__class__.objects.update(state=SubmissionState.FINALISING)
    sign_in(cast.auditor).post(nominating_url(cast), NOMINATION)
    assert not GoodPracticeLetter.objects.exists()


def test_who_writes_it_does_not_approve_it(cast: Cast, sign_in: Any) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead, second = sign_in(cast.lead), sign_in(cast.second_lead)
    lead.post(url("write", letter), PARTS)
    assert lead.post(url("approve", letter)).status_code == 403
    for somebody in (cast.senior, cast.officer, cast.worker):
        assert sign_in(somebody).post(url("approve", letter)).status_code in (403, 404)
    assert f"Read and approve letter {letter.ref}" not in titles(cast.lead)
    second.post(url("approve", letter))
    assert GoodPracticeLetter.objects.get().approved_by == cast.second_lead


def test_who_wrote_any_version_does_not_approve_it(cast: Cast, sign_in: Any) -> None:
    """Also after somebody else has saved it once more."""
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead, second = sign_in(cast.lead), sign_in(cast.second_lead)
    lead.post(url("write", letter), PARTS)
    second.post(url("write", letter), PARTS)
    third = a_colleague("Tess", Role.LEAD_QA)
    for who, client in ((cast.lead, lead), (cast.second_lead, second)):
        assert client.post(url("approve", letter)).status_code == 403
        assert "Approve it" not in client.get(url("show", letter)).text
        assert f"Read and approve letter {letter.ref}" not in titles(who)
    assert f"Read and approve letter {letter.ref}" in titles(third)
    sign_in(third).post(url("approve", letter))
    assert GoodPracticeLetter.objects.get().approved_by == third


def test_an_approved_letter_goes_back_with_a_reason(
    cast: Cast, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead, senior = sign_in(cast.lead), sign_in(cast.senior)
    senior.post(url("write", letter), PARTS)
    assert "not the step that comes now" in lead.get(url("send_back", letter), follow=True).text
    lead.post(url("approve", letter))
    assert url("send_back", letter) in lead.get(url("show", letter)).text
    assert lead.post(url("send_back", letter), {"reason": ""}).status_code == 422
    assert senior.post(url("send_back", letter), {"reason": "x"}).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(url("send_back", letter), {"reason": "Say what he lived."})
    returned = GoodPracticeLetter.objects.get()
    assert (returned.state, returned.approved_by) == (LetterState.DRAFTED, None)
    assert [message.to for message in mail.outbox] == [[cast.senior.email]]
    assert "lived" not in mail.outbox[0].body
    assert "Say what he lived." in senior.get(url("show", letter)).text
    assert f"Write letter {letter.ref} once more" in titles(cast.senior)
    assert not [title for title in titles(cast.lead) if letter.ref in title]
    assert "is not possible now" in lead.post(url("send", letter), follow=True).text
    senior.post(url("write", letter), PARTS)
    assert "Say what he lived." not in senior.get(url("show", letter)).text
    assert f"Read and approve letter {letter.ref}" in titles(cast.lead)


def test_an_approved_letter_can_be_set_aside(cast: Cast, sign_in: Any) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.APPROVED)
    sign_in(cast.lead).post(url("set_aside", letter), {"reason": "He asked for none."})
    assert GoodPracticeLetter.objects.get().state == LetterState.SET_ASIDE


def test_a_sent_letter_neither_goes_back_nor_is_set_aside(
    sent: GoodPracticeLetter, cast: Cast, sign_in: Any
) -> None:
    lead = sign_in(cast.lead)
    for step in ("send_back", "set_aside"):
        page = lead.post(url(step, sent), {"reason": "Too late."}, follow=True).text
        assert "not the step that comes now" in page
    assert GoodPracticeLetter.objects.get().state == LetterState.SENT


def test_nothing_is_approved_unwritten_or_sent_unapproved(cast: Cast, sign_in: Any) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead = sign_in(cast.lead)
    for name in ("approve", "send", "begin_page"):
        assert "is not possible now" in lead.post(url(name, letter), follow=True).text
    assert GoodPracticeLetter.objects.get().state == LetterState.NOMINATED


def test_a_lead_sees_nothing_of_a_letter_to_themselves_before_it_is_sent(
    cast: Cast, sign_in: Any
) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.DRAFTED)
    GoodPracticeLetter.objects.update(worker=cast.second_lead)
    client = sign_in(cast.second_lead)
    assert client.get(url("show", letter)).status_code == 404
    for name in ("approve", "send", "write", "send_back", "set_aside"):
        assert client.post(url(name, letter), PARTS).status_code == 404
    assert letter.ref not in client.get(reverse("letters:list")).text
    assert not [title for title in titles(cast.second_lead) if letter.ref in title]


def test_only_leads_and_senior_managers_write(cast: Cast, sign_in: Any) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead = sign_in(cast.lead)
    for somebody in (cast.worker, cast.officer, cast.auditor):
        assert lead.post(url("choose_writer", letter), {"writer": somebody.pk}).status_code == 422
    assert sign_in(cast.officer).post(url("write", letter), PARTS).status_code == 403


def test_one_that_is_set_aside_makes_room_for_another(cast: Cast, sign_in: Any) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.NOMINATED)
    lead = sign_in(cast.lead)
    assert "Set this letter aside?" in lead.get(url("set_aside", letter)).text
    assert lead.post(url("set_aside", letter), {"reason": ""}).status_code == 422
    lead.post(url("set_aside", letter), {"reason": "It was somebody else’s work."})
    lead.post(nominating_url(cast), NOMINATION)
    states = GoodPracticeLetter.objects.order_by("ref").values_list("state", flat=True)
    assert list(states) == [LetterState.SET_ASIDE, LetterState.NOMINATED]


@pytest.mark.parametrize(
    "change", [{"thanks": "Not at all."}, {"sent_at": None}, {"sent_at": LONG_AGO}]
)
def test_the_database_keeps_what_was_sent(sent: GoodPracticeLetter, change: Any) -> None:
    rows = GoodPracticeLetter.objects.filter(pk=sent.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    assert GoodPracticeLetter.objects.get().thanks == PARTS["thanks"]


def test_the_list_asks_no_more_for_many(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    audited_cases(cast.submission.case.cycle, 12, worker=cast.worker)
    others = AuditSubmission.objects.filter(case__worker=cast.worker)
    for submission in others.exclude(pk=cast.submission.pk):
        a_letter(submission, writer=cast.senior)
    client = sign_in(cast.worker)
    client.get(reverse("letters:list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("letters:list"))
    assert page.text.count("portal-result__title") == 12


def test_the_register_in_the_desk_is_the_offices_and_shows_no_word(
    sent: GoodPracticeLetter, cast: Cast, sign_in: Any
) -> None:
    address = reverse("letters_modeladmin_index")
    page = sign_in(cast.officer).get(address).text
    assert sent.ref in page
    assert CANARY not in page
    assert cast.worker.get_full_name() not in page
    assert sign_in(Role.EDITOR).get(address).status_code == 302
