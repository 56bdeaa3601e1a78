"""A concern from the pair's yes to its close, each step by whom it belongs to and by nobody else."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.escalations.models import Escalation, EscalationAlert, EscalationNote
from learning.escalations.receivers import connect
from learning.events.models import Event
from learning.models import AuditSettings, StaffMember
from learning.people.roles import Role
from learning.programme.gates import cautions_for, missing_for
from learning.work import waiting_for
from tests.learning.audit import an_escalation, audited_cases
from tests.learning.escalations.conftest import (
    CANARY,
    Cast,
    a_colleague,
    conveying,
    reported,
    urgent_url,
    url,
)

pytestmark = pytest.mark.django_db


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def state() -> str:
    return str(Escalation.objects.get().state)


@pytest.mark.usefixtures("office_is_open")
def test_the_whole_way(
    cast: Cast, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    pair, lead, senior = sign_in(cast.auditor), sign_in(cast.lead), sign_in(cast.senior)
    with django_capture_on_commit_callbacks(execute=True):
        row = reported(cast, sign_in, f"A mark on his cheek. {CANARY}")
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [cast.lead.email, cast.deputy.email]
    )
    assert "The lead has it" in pair.get(urgent_url(cast)).text
    assert f"Convey escalation {row.ref}" in titles(cast.lead)
    page = lead.get(url("show", row))
    assert "A mark on his cheek" in page.text
    assert "To be conveyed by" in page.text
    assert "phone the duty team" in page.text
    assert senior.get(url("show", row)).status_code == 404, "not conveyed yet"

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = lead.post(url("convey", row), conveying(cast.senior))
    assert answer.status_code == 302
    assert [message.to for message in mail.outbox] == [[cast.senior.email]]
    assert f"Acknowledge escalation {row.ref}" in titles(cast.senior)
    page = senior.get(url("show", row)).text
    assert "Have him seen by a paediatrician" in page
    assert "A mark on his cheek" in page
    assert cast.ref not in page, "the addressee reads the escalation, and not whose audit it is"
    assert senior.get(reverse("submissions:read", args=[cast.ref])).status_code == 404

    assert senior.post(url("acknowledge", row)).status_code == 302
    assert "A senior manager has read it" in pair.get(urgent_url(cast)).text
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        senior.post(url("report", row), {"words": f"Seen at three, all well. {CANARY}"})
    assert [message.to for message in mail.outbox] == [[cast.lead.email]]
    assert f"Verify what was done about escalation {row.ref}" in titles(cast.lead)
    assert lead.post(url("verify", row), {"evidence": "  "}).status_code == 422
    lead.post(url("verify", row), {"evidence": f"The note of the clinic. {CANARY}"})
    assert lead.post(url("close", row)).status_code == 302
    assert state() == "closed"
    assert not [title for title in titles(cast.lead) if row.ref in title]
    story = lead.get(url("show", row)).text
    for words in ("reported it from the audit", "conveyed it", "read it and acts", "closed it"):
        assert words in story
    assert Event.objects.filter(action__startswith="escalation.").count() == 7


def test_it_opens_on_the_yes_and_not_with_the_submission(cast: Cast, raised: Escalation) -> None:
    assert cast.submission.state == "reading"
    assert raised.raised_by == cast.auditor
    assert timezone.now() - raised.raised_at < timedelta(minutes=1)


def test_a_yes_without_a_word_is_enough_and_words_follow(cast: Cast, sign_in: Any) -> None:
    row = reported(cast, sign_in)
    assert not EscalationNote.objects.exists()
    partner = sign_in(cast.partner)
    assert partner.post(urgent_url(cast), {"words": ""}).status_code == 422
    partner.post(urgent_url(cast), {"words": "It is in the e-mail of week seven."})
    assert Escalation.objects.count() == 1
    assert row.notes.get().written_by == cast.partner
    assert "e-mail of week seven" in sign_in(cast.lead).get(url("show", row)).text


def test_a_statement_of_that_kind_opens_one_with_its_words(cast: Cast, sign_in: Any) -> None:
    address = reverse("submissions:add_statement", args=[cast.ref, "safety"])
    sign_in(cast.auditor).post(
        address, {"statement-kind": "immediate_concern", "statement-text": "He is not seen."}
    )
    assert Escalation.objects.get().notes.get().words == "He is not seen."


def test_a_new_concern_after_the_first_is_closed_opens_another(cast: Cast, sign_in: Any) -> None:
    an_escalation(cast.submission, recipient=cast.senior, state="closed")
    cast.submission.__class__.objects.update(has_immediate_concern=True)
    sign_in(cast.auditor).post(urgent_url(cast), {"words": "Something else."})
    assert list(Escalation.objects.order_by("ref").values_list("state", flat=True)) == [
        "closed",
        "raised",
    ]


@pytest.mark.parametrize(
    "left_open",
    [
        {"recipient": ""},
        {"action": "   "},
        {"deadline_time": ""},
        {"deadline_time": "soon"},
        {"deadline_day_year": "2001"},
        {"deadline_day_day": "", "deadline_day_month": "", "deadline_day_year": ""},
    ],
)
def test_nothing_is_conveyed_without_recipient_action_and_a_deadline_ahead(
    raised: Escalation, cast: Cast, sign_in: Any, left_open: dict[str, str]
) -> None:
    answer = sign_in(cast.lead).post(url("convey", raised), conveying(cast.senior) | left_open)
    assert answer.status_code == 422
    assert state() == "raised"
    with pytest.raises(DatabaseError), transaction.atomic():
        Escalation.objects.update(state="conveyed")


def test_only_senior_managers_are_asked_to_act(
    raised: Escalation, cast: Cast, sign_in: Any
) -> None:
    gone = a_colleague("Gil", Role.SENIOR_MANAGER, is_active=False)
    for somebody in (cast.manager, cast.worker, cast.officer, cast.lead, gone):
        answer = sign_in(cast.lead).post(url("convey", raised), conveying(somebody))
        assert answer.status_code == 422, somebody
    assert state() == "raised"


STEPS = ("convey", "acknowledge", "report", "verify", "close", "refer", "note")


@pytest.mark.parametrize("is_conveyed", [False, True])
def test_strangers_find_nothing(
    raised: Escalation, cast: Cast, sign_in: Any, is_conveyed: bool
) -> None:
    """The pair, the worker, managers whom nobody named, the addressee of another, boards, superusers."""
    if is_conveyed:
        sign_in(cast.lead).post(url("convey", raised), conveying(cast.senior))
    another = a_colleague("Sue", Role.SENIOR_MANAGER)
    (other,) = audited_cases(cast.cycle, 1)
    an_escalation(other, recipient=another, state="conveyed")
    superuser = a_colleague("Sup", Role.IT_SUPPORT, is_superuser=True)
    others = [cast.auditor, cast.partner, cast.worker, cast.manager, cast.director, another]
    roles = [Role.BOARD_MEMBER, Role.EDITOR, Role.AUDIT_ADMIN, Role.INFORMATION_GOVERNANCE]
    others += [superuser, *(a_colleague(f"Only{role}", role) for role in roles)]
    for somebody in others:
        client = sign_in(somebody)
        assert client.get(url("show", raised)).status_code == 404, somebody
        for name in STEPS:
            assert client.post(url(name, raised), {}).status_code == 404, (somebody, name)
        listed = client.get(reverse("escalations:list"), {"which": "all"}).text
        assert raised.ref not in listed, somebody
        assert CANARY not in listed
    refused = AccessEvent.objects.filter(action="refused", object_id=str(raised.pk))
    assert refused.filter(object_type="learning.escalation").count() == 8 * len(others)


def test_each_step_is_its_owners(conveyed: Escalation, cast: Cast, sign_in: Any) -> None:
    lead, senior, officer = sign_in(cast.lead), sign_in(cast.senior), sign_in(cast.officer)
    for name in ("acknowledge", "report"):
        for client in (lead, officer):
            assert client.post(url(name, conveyed), {"words": "Done."}).status_code == 403
    for name in ("convey", "verify", "close", "refer"):
        for client in (senior, officer):
            answer = client.post(url(name, conveyed), {"evidence": "Seen."})
            assert answer.status_code == 403, name
    assert officer.post(url("note", conveyed), {"words": "Hm."}).status_code == 403
    assert state() == "conveyed"


def test_no_step_is_taken_before_its_time(conveyed: Escalation, cast: Cast, sign_in: Any) -> None:
    lead, senior = sign_in(cast.lead), sign_in(cast.senior)
    lead.post(url("convey", conveyed), conveying(cast.director))
    senior.post(url("report", conveyed), {"words": "Done."})
    lead.post(url("verify", conveyed), {"evidence": "Seen."})
    lead.post(url("close", conveyed))
    row = Escalation.objects.get()
    assert (row.state, row.recipient) == ("conveyed", cast.senior)
    senior.post(url("acknowledge", conveyed))
    again = senior.post(url("acknowledge", conveyed), follow=True)
    assert "is not possible now" in again.text


def test_a_lead_who_had_to_act_does_not_verify(cast: Cast, sign_in: Any) -> None:
    both = a_colleague("Bo", Role.SENIOR_MANAGER)
    both.groups.add(*cast.lead.groups.all())
    row = an_escalation(cast.submission, recipient=both, state="action_reported")
    assert sign_in(both).post(url("verify", row), {"evidence": "I know."}).status_code == 403
    with pytest.raises(DatabaseError), transaction.atomic():
        Escalation.objects.update(verified_by=both)
    assert sign_in(cast.deputy).post(url("verify", row), {"evidence": "Seen."}).status_code == 302


def test_nobody_of_the_office_opens_one_about_their_own_work(cast: Cast, sign_in: Any) -> None:
    row = an_escalation(cast.submission)
    cast.submission.case.__class__.objects.update(worker=cast.deputy)
    client = sign_in(cast.deputy)
    assert client.get(url("show", row)).status_code == 404
    assert row.ref not in client.get(reverse("escalations:list")).text
    assert not [title for title in titles(cast.deputy) if row.ref in title]


def test_the_line_manager_reads_when_the_lead_names_them(
    raised: Escalation, cast: Cast, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.lead).post(url("convey", raised), conveying(cast.senior, names_manager="on"))
    assert [m.subject for m in mail.outbox if m.to == [cast.manager.email]] == [
        f"{raised.ref}: an immediate concern that you may read"
    ]
    page = sign_in(cast.manager).get(url("show", raised))
    assert "Have him seen by a paediatrician" in page.text
    for name in STEPS:
        assert sign_in(cast.manager).post(url(name, raised), {}).status_code == 403, name
    other = a_colleague("Max", Role.LINE_MANAGER)
    assert sign_in(other).get(url("show", raised)).status_code == 404


def test_that_it_was_referred_elsewhere_is_the_offices_alone(
    conveyed: Escalation, cast: Cast, sign_in: Any
) -> None:
    lead = sign_in(cast.lead)
    assert "Write nothing about it here" in lead.get(url("refer", conveyed)).text
    lead.post(url("refer", conveyed))
    lead.post(url("refer", conveyed))
    assert Event.objects.filter(action="escalation.refer_elsewhere").count() == 1
    assert "referred elsewhere" in sign_in(cast.officer).get(url("show", conveyed)).text
    assert "eferred elsewhere" not in sign_in(cast.senior).get(url("show", conveyed)).text
    assert state() == "conveyed"


def test_notes_reach_the_others_and_end_with_the_close(
    conveyed: Escalation, cast: Cast, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.lead).post(url("note", conveyed), {"words": f"And the sister? {CANARY}"})
    assert [m.to for m in mail.outbox if "more about" in m.subject] == [[cast.senior.email]]
    assert "And the sister?" in sign_in(cast.senior).get(url("show", conveyed)).text
    (other,) = audited_cases(cast.cycle, 1)
    closed = an_escalation(other, recipient=cast.senior, state="closed")
    answer = sign_in(cast.lead).post(url("note", closed), {"words": "One more."})
    assert answer.status_code == 422
    assert not closed.notes.exists()


def test_the_pair_sees_where_it_stands_and_no_more(
    conveyed: Escalation, cast: Cast, sign_in: Any
) -> None:
    pages = [urgent_url(cast), reverse("submissions:show", args=[cast.ref])]
    for address in pages:
        page = sign_in(cast.partner).get(address).text
        assert "has told a senior manager" in page
        assert "Conveyed" in page
        assert cast.senior.get_full_name() not in page
        assert CANARY not in page
        assert url("show", conveyed) not in page


def test_a_cycle_does_not_close_over_it(cast: Cast, sign_in: Any) -> None:
    connect()
    row = an_escalation(cast.submission)
    assert f"{row.ref} has not been conveyed to anybody who can act." in cautions_for(
        cast.cycle, "finish_days"
    )
    sentence = f"{row.ref} has not been verified."
    assert sentence in missing_for(cast.cycle, "close")
    Escalation.objects.update(
        state="action_reported",
        recipient=cast.senior,
        action="Have him seen.",
        deadline=timezone.now(),
        conveyed_at=timezone.now(),
    )
    assert sentence in missing_for(cast.cycle, "close")
    assert not [s for s in cautions_for(cast.cycle, "finish_days") if row.ref in s]
    sign_in(cast.lead).post(url("verify", row), {"evidence": "Seen."})
    assert sentence not in missing_for(cast.cycle, "close")


@pytest.mark.parametrize(
    "change",
    [
        {"raised_at": timezone.now() + timedelta(hours=1)},
        {"deadline": timezone.now() + timedelta(days=9)},
        {"deadline": None},
        {"action": "Nothing."},
        {"conveyed_at": None},
        {"action_report": "Nothing."},
        {"evidence": "None."},
    ],
)
def test_the_database_keeps_moments_and_words(cast: Cast, change: dict[str, Any]) -> None:
    an_escalation(cast.submission, recipient=cast.senior, state="closed", action_report="Seen.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Escalation.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Escalation.objects.all().delete()


def test_notes_never_change(raised: Escalation) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationNote.objects.update(words="Nothing.")
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationNote.objects.filter(escalation=raised)._raw_delete("default")


def test_the_list_asks_no_more_for_many(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for submission in audited_cases(cast.cycle, 20):
        an_escalation(submission, recipient=cast.senior, state="conveyed")
    for person in (cast.lead, cast.senior):
        client = sign_in(person)
        client.get(reverse("escalations:list"))
        with django_assert_max_num_queries(12):
            page = client.get(reverse("escalations:list"))
        assert page.text.count("portal-result__title") == 20
        someone = StaffMember.objects.get(pk=person.pk)
        with django_assert_max_num_queries(40):
            waiting_for(someone)


def test_closed_ones_stand_under_all(cast: Cast, sign_in: Any) -> None:
    row = an_escalation(cast.submission, recipient=cast.senior, state="closed")
    client = sign_in(cast.officer)
    assert "Nothing waits for you now" in client.get(reverse("escalations:list")).text
    assert row.ref in client.get(reverse("escalations:list"), {"which": "all"}).text


def test_the_register_in_the_desk_is_the_offices_and_shows_no_word(
    conveyed: Escalation, cast: Cast, sign_in: Any
) -> None:
    address = reverse("escalations_modeladmin_index")
    page = sign_in(cast.officer).get(address).text
    assert conveyed.ref in page
    assert CANARY not in page
    assert cast.senior.get_full_name() not in page
    assert sign_in(Role.EDITOR).get(address).status_code == 302


def test_numbers_come_from_the_settings(cast: Cast, sign_in: Any) -> None:
    row = an_escalation(cast.submission)
    AuditSettings.objects.update_or_create(
        pk=AuditSettings.load().pk, defaults={"escalation_convey_hours": 26}
    )
    assert "in 1 d" in sign_in(cast.lead).get(url("show", row)).text
    assert not EscalationAlert.objects.exists()


def test_while_the_office_is_closed_the_pair_is_not_told_that_somebody_has_it(
    cast: Cast, sign_in: Any
) -> None:
    settings = AuditSettings.load()
    settings.office_opens_at = settings.office_closes_at = time(0)
    settings.save()
    reported(cast, sign_in, "A mark.")
    for address in (urgent_url(cast), reverse("submissions:show", args=[cast.ref])):
        page = sign_in(cast.auditor).get(address).text
        assert "Phone the emergency duty team now" in page
        assert "The lead has it" not in page
