"""Break-glass: one audit, at once, for a short time, and heard by all who watch (domain.md E7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.models import Event, Opening, SubmissionGrant
from learning.openings.selectors import waiting_for as openings
from learning.openings.services import break_glass, look_at
from learning.openings.states import OpeningState
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.settings import AuditSettings
from learning.work import waiting_for
from tests.learning.audit import a_person, a_sampled_case, a_submission
from tests.learning.openings.conftest import CANARY, FOUND, REASON, Cast

pytestmark = pytest.mark.django_db

BREAK = reverse("openings:break_glass")


def read_url(cast: Cast) -> str:
    return reverse("submissions:read", args=[cast.ref])


def form_of(cast: Cast, reason: str = REASON) -> dict[str, str]:
    return {"reference": cast.ref, "reason": reason}


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


@pytest.fixture
def opened(cast: Cast) -> Opening:
    return break_glass(submission=cast.submission, reason=REASON, opened_by=cast.superuser)


def test_it_opens_one_audit_and_everybody_who_watches_hears(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(cast.superuser)
    assert client.get(read_url(cast)).status_code == 404, "a superuser reads nothing by being one"
    other = a_submission(a_sampled_case(cast.submission.case.cycle), "quality_assured")
    assert "An audit" not in client.get(BREAK).text
    answer = client.post(BREAK, form_of(cast), follow=True)
    assert CANARY in answer.text
    assert client.get(reverse("submissions:read", args=[other.case.ref])).status_code == 404
    told = {address for message in mail.outbox for address in message.to}
    assert {cast.lead.email, cast.governance.email} <= told
    assert cast.superuser.email not in told
    for message in mail.outbox:
        words = message.subject + message.body
        assert cast.ref in words and "/openings/" in words
        assert REASON not in words and CANARY not in words
        assert cast.worker.last_name not in words.replace("harrowmere", "")
    for watcher in (cast.lead, cast.governance):
        assert f"Look at why audit {cast.ref} was opened" in titles(watcher)
    looks = AccessEvent.objects.filter(user_id=cast.superuser.pk, action="viewed")
    assert looks.filter(object_id=str(cast.submission.pk)).exists()


def test_it_closes_by_itself_without_anybody_doing_anything(
    cast: Cast, opened: Opening, sign_in: Callable[..., Client], at: Any
) -> None:
    client = sign_in(cast.superuser)
    assert client.get(read_url(cast)).status_code == 200
    with at(timezone.now() + timedelta(minutes=61)):
        client = sign_in(cast.superuser)
        assert client.get(read_url(cast)).status_code == 404, "before any job has run"
        call_command("expire_grants")
        assert not SubmissionGrant.objects.filter(user=cast.superuser).exists()


def test_the_time_is_a_setting(cast: Cast) -> None:
    AuditSettings.objects.update_or_create(defaults={"break_glass_minutes": 5})
    opening = break_glass(submission=cast.submission, reason=REASON, opened_by=cast.superuser)
    left = opening.expires_at - timezone.now()  # type: ignore[operator]
    assert timedelta(minutes=4) < left <= timedelta(minutes=5)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_breaks_glass(role: Role, cast: Cast, sign_in: Callable[..., Client]) -> None:
    member = a_person("Eve")
    member.groups.add(Group.objects.get(name=role.label))
    client = sign_in(member)
    assert client.get(BREAK).status_code == 403
    assert client.post(BREAK, form_of(cast)).status_code == 403
    assert not Opening.objects.exists() and not mail.outbox


@pytest.mark.parametrize(
    "reason", ["", ".", "   ", "because because because because because", "x y z a b c"]
)
def test_a_reason_that_says_nothing_opens_nothing(
    reason: str, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(cast.superuser)
    assert client.post(BREAK, form_of(cast, reason)).status_code == 422
    assert client.get(read_url(cast)).status_code == 404
    assert not mail.outbox


@pytest.mark.parametrize("who", ["worker", "manager", "auditor"])
def test_not_for_an_audit_of_ones_own(who: str, cast: Cast, sign_in: Callable[..., Client]) -> None:
    person = getattr(cast, who)
    StaffMember.objects.filter(pk=person.pk).update(is_superuser=True)
    person.refresh_from_db()
    client = sign_in(person)
    answer = client.post(BREAK, form_of(cast))
    assert answer.status_code == 422 and "Somebody else has to open it" in answer.text
    assert not SubmissionGrant.objects.filter(user=person).exists()
    refused = AccessEvent.objects.filter(user_id=person.pk, action="refused")
    assert refused.filter(object_id=str(cast.submission.pk)).exists()


class BrokenConnection:
    """A mail server that is away, or takes none of the messages."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def send_messages(self, messages: list[Any]) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("answer", [ConnectionRefusedError("away"), TimeoutError(), 0, None, 1])
def test_nothing_opens_unheard(
    answer: Any, cast: Cast, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "learning.openings.mails.get_connection", lambda **kwargs: BrokenConnection(answer)
    )
    client = sign_in(cast.superuser)
    shown = client.post(BREAK, form_of(cast))
    assert shown.status_code == 422 and "could not be told" in shown.text
    assert client.get(read_url(cast)).status_code == 404
    assert not Opening.objects.exists() and not SubmissionGrant.objects.exists()
    assert AccessEvent.objects.filter(user_id=cast.superuser.pk, action="refused").exists()


@pytest.mark.parametrize("role", [Role.LEAD_QA, Role.INFORMATION_GOVERNANCE])
def test_nothing_opens_where_a_side_has_nobody(role: Role, cast: Cast, sign_in: Any) -> None:
    StaffMember.objects.filter(groups__name=role.label).update(is_active=False)
    answer = sign_in(cast.superuser).post(BREAK, form_of(cast))
    assert answer.status_code == 422 and "Nobody would hear of it" in answer.text
    assert not Opening.objects.exists()


def test_one_person_cannot_be_both_who_opens_and_who_watches(cast: Cast, sign_in: Any) -> None:
    groups = Group.objects.filter(name__in=[Role.LEAD_QA.label, Role.INFORMATION_GOVERNANCE.label])
    cast.superuser.groups.set(groups)
    client = sign_in(cast.superuser)
    client.post(BREAK, form_of(cast))
    assert not Opening.objects.exists(), "a lead reads it by role"
    unwritten = a_submission(a_sampled_case(cast.submission.case.cycle), "reading")
    client.post(BREAK, {"reference": unwritten.case.ref, "reason": REASON})
    opening = Opening.objects.get()
    answer = client.post(opening.get_absolute_url(), {"words": FOUND})
    assert answer.status_code == 403 or not opening.looks.exists()
    assert not opening.looks.exists()
    assert f"Look at why audit {unwritten.case.ref} was opened" not in titles(cast.superuser)


def test_it_is_not_renewed_until_both_sides_have_looked(
    cast: Cast, opened: Opening, sign_in: Callable[..., Client], at: Any
) -> None:
    with at(timezone.now() + timedelta(hours=2)):
        client = sign_in(cast.superuser)
        answer = client.post(BREAK, form_of(cast))
        assert answer.status_code == 422 and "has not been looked at" in answer.text
        lead, governance = sign_in(cast.lead), sign_in(cast.governance)
        url = opened.get_absolute_url()
        assert lead.post(url, {"words": "."}).status_code == 422
        assert lead.post(url, {"words": FOUND}).status_code == 302
        assert f"Look at why audit {cast.ref} was opened" not in titles(cast.lead)
        assert f"Look at why audit {cast.ref} was opened" in titles(cast.governance)
        assert client.post(BREAK, form_of(cast)).status_code == 422, "one side is not both"
        assert lead.post(url, {"words": FOUND}).status_code == 422, "a replay"
        assert governance.post(url, {"words": FOUND}).status_code == 302
        assert Opening.objects.get().state == OpeningState.LOOKED_AT
        assert client.post(BREAK, form_of(cast)).status_code == 302
        assert Opening.objects.count() == 2


def test_one_person_with_both_roles_looks_for_one_side_only(cast: Cast, opened: Opening) -> None:
    both = a_person("Both")
    groups = Group.objects.filter(name__in=[Role.LEAD_QA.label, Role.INFORMATION_GOVERNANCE.label])
    both.groups.set(groups)
    look_at(opening=opened, words=FOUND, looked_by=both)
    assert Opening.objects.get().state == OpeningState.OPENED
    assert f"Look at why audit {cast.ref} was opened" not in titles(both)
    look_at(opening=opened, words=FOUND, looked_by=cast.governance)
    assert Opening.objects.get().state == OpeningState.LOOKED_AT


def test_the_lead_ends_it_at_once(cast: Cast, opened: Opening, sign_in: Any) -> None:
    client = sign_in(cast.superuser)
    end = reverse("openings:end", args=[opened.pk])
    assert client.get(read_url(cast)).status_code == 200
    assert client.post(end).status_code == 403
    sign_in(cast.lead).post(end)
    assert client.get(read_url(cast)).status_code == 404
    assert not Opening.objects.get().is_running
    assert "closed already" in sign_in(cast.lead).post(end, follow=True).text


def test_others_do_not_see_it(cast: Cast, opened: Opening, sign_in: Any) -> None:
    other = sign_in(a_person("Sue", is_superuser=True))
    assert other.get(opened.get_absolute_url()).status_code == 404
    assert cast.ref not in other.get(reverse("openings:list")).text
    assert REASON in sign_in(cast.superuser).get(opened.get_absolute_url()).text
    assert sign_in(cast.worker).get(opened.get_absolute_url()).status_code == 403


def test_the_database_keeps_why_and_until_when(cast: Cast, opened: Opening) -> None:
    rows = Opening.objects.filter(pk=opened.pk)
    later = timezone.now() + timedelta(days=1)
    for change in ({"reason": "Another"}, {"expires_at": later}, {"asked_by": cast.lead}):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="never forgotten"), transaction.atomic():
        rows.delete()
    assert not Event.objects.filter(reason__contains="inspector").exists()


def test_what_it_opens_is_reading_and_nothing_else(
    cast: Cast, opened: Opening, sign_in: Any
) -> None:
    client = sign_in(cast.superuser)
    refused = [
        reverse("submissions:reply", args=[cast.ref]),
        reverse("submissions:addendum", args=[cast.ref]),
        reverse("submissions:lock", args=[cast.ref]),
        reverse("submissions:confirm", args=[cast.ref]),
    ]
    for url in refused:
        assert client.post(url, {"text": "x", "reason": "x"}).status_code in (403, 404), url
    feedback = reverse("feedback:case", args=[cast.ref])
    assert client.get(feedback).status_code in (403, 404)


def test_the_list_asks_the_same_number_of_queries(
    cast: Cast, opened: Opening, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        audit = a_submission(a_sampled_case(cast.submission.case.cycle), "locked")
        break_glass(submission=audit, reason=REASON, opened_by=cast.superuser)
    lead = sign_in(cast.lead)
    lead.get(reverse("openings:list"))
    with django_assert_max_num_queries(12):
        assert lead.get(reverse("openings:list")).text.count("portal-result__title") == 13
    with django_assert_max_num_queries(6):
        assert len(openings(StaffMember.objects.get(pk=cast.lead.pk))) == 13
