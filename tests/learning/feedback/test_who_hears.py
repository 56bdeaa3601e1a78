"""Strangers, the wrong pair, the worker, the manager, superusers: at every address of one who is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import FeedbackState
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.grants import end_grants_of_cycle
from learning.submissions.models import SubmissionGrant
from tests.learning.audit import a_family_feedback, a_person
from tests.learning.feedback.conftest import Family, a_family

pytestmark = pytest.mark.django_db
WORDS = "She said that the plan frightened her."
PAGES = ("", "try/", "invite/", "meeting/", "end/", "notes/")
POSTS = ("themes/", "themes/1/remove/", "quotes/", "quotes/1/take-back/", "incorporate/")
OUTSIDERS = (
    Role.FRONT_LINE,
    Role.AUDIT_ADMIN,
    Role.IT_SUPPORT,
    Role.SENIOR_MANAGER,
    Role.BOARD_MEMBER,
    Role.EDITOR,
    Role.INFORMATION_GOVERNANCE,
)


@pytest.fixture
def told(family: Family) -> FamilyFeedback:
    """What a mother said, written up."""
    feedback = a_family_feedback(family.submission, FeedbackState.WRITTEN_UP, main_points="Heard.")
    feedback.answers.create(order=1, question="What was it like?", words=WORDS)
    return feedback


def base(family: Family, feedback: FamilyFeedback) -> str:
    return f"/audits/family-feedback/{family.ref}/{feedback.pk}/"


def refused(client: Client, family: Family, feedback: FamilyFeedback) -> None:
    """Every page and every button of it is a 404."""
    start = base(family, feedback)
    assert client.get(f"/audits/family-feedback/{family.ref}/").status_code == 404
    assert client.get(f"/audits/family-feedback/{family.ref}/add/").status_code == 404
    for rest in PAGES:
        assert client.get(start + rest).status_code == 404, rest
    for rest in (*PAGES[1:], *POSTS):
        assert client.post(start + rest).status_code == 404, rest
    assert WORDS not in client.get("/audits/family-feedback/").content.decode()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_other_roles_find_nothing(
    role: Role, family: Family, told: FamilyFeedback, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    refused(client, family, told)
    assert client.get(base(family, told) + "safety/").status_code == 404


def test_the_worker_and_the_manager_answer_and_do_not_read(
    family: Family, told: FamilyFeedback, sign_in: Callable[..., Client]
) -> None:
    for somebody in (family.worker, family.manager):
        refused(sign_in(somebody), family, told)
        page = sign_in(somebody).get(base(family, family.parent) + "safety/").content.decode()
        assert "Is it safe to contact them?" in page
        assert WORDS not in page


def test_superusers_and_strangers_find_nothing(
    family: Family, told: FamilyFeedback, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    root = a_person("Root", is_superuser=True)
    for somebody in (root, stranger):
        client = sign_in(somebody)
        refused(client, family, told)
        assert client.get(base(family, told) + "safety/").status_code == 404


def test_the_pair_of_another_case_finds_nothing(
    family: Family, told: FamilyFeedback, person: Any, sign_in: Callable[..., Client]
) -> None:
    other = a_family(person, "2031-Q2", "B")
    client = sign_in(other.first)
    refused(client, family, told)
    assert client.get(base(other, told)).status_code == 404
    quote = told.quotes.create(words="Heard.", agreed_on=timezone.localdate())
    url = f"{base(other, other.parent)}quotes/{quote.pk}/take-back/"
    assert client.post(url).status_code == 404
    quote.refresh_from_db()
    assert quote.withdrawn_at is None


def test_the_office_reads_and_does_not_ask(
    family: Family, told: FamilyFeedback, sign_in: Callable[..., Client]
) -> None:
    for role in (Role.LEAD_QA, Role.QA_OFFICER):
        client = sign_in(role)
        assert WORDS in client.get(base(family, told)).content.decode()
        for rest in ("try/", "invite/", "meeting/", "notes/"):
            assert client.get(base(family, told) + rest).status_code == 404, rest
        for rest in ("themes/", "quotes/", "incorporate/"):
            assert client.post(base(family, told) + rest).status_code == 404, rest
    assert sign_in(Role.QA_OFFICER).get(base(family, told) + "end/").status_code == 404
    assert sign_in(Role.LEAD_QA).get(base(family, told) + "end/").status_code == 200


def test_a_lead_does_not_read_what_families_said_of_the_leads_own_work(
    family: Family, told: FamilyFeedback, sign_in: Callable[..., Client]
) -> None:
    case = family.submission.case
    case.worker = family.lead
    case.save()
    refused(sign_in(family.lead), family, told)


def test_reading_ends_with_the_grant(
    family: Family, told: FamilyFeedback, sign_in: Callable[..., Client]
) -> None:
    assert WORDS in sign_in(family.first).get(base(family, told)).content.decode()
    cycle = family.submission.case.cycle
    cycle.closed_at = timezone.now()
    end_grants_of_cycle(cycle=cycle)
    SubmissionGrant.objects.filter(user=family.first).update(expires_at=timezone.now())
    refused(sign_in(family.first), family, told)


def test_each_look_and_each_refusal_is_logged(
    family: Family, told: FamilyFeedback, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    sign_in(family.first).get(base(family, told))
    sign_in(stranger).get(base(family, told))
    rows = AccessEvent.objects.filter(
        object_type="learning.familyfeedback", object_id=str(told.pk)
    ).order_by("pk")
    assert [(row.user_id, row.action) for row in rows] == [
        (family.first.pk, "viewed"),
        (stranger.pk, "refused"),
    ]
