"""Signing in: by whom, how often, for how long, and through which pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.people.models import StaffMember
from learning.people.roles import Role
from portal.demo.loader import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    cache.clear()


def attempt(email: str, password: str, client: Client | None = None) -> bool:
    """Whether this address and password open a session."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("home:my_work")).status_code == 200


def test_a_person_signs_in_with_their_address_in_any_case(
    person: Callable[[Role], StaffMember],
) -> None:
    email = person(Role.FRONT_LINE).email
    assert attempt(email, PASSWORD)
    assert attempt(email.upper(), PASSWORD)
    assert not attempt(email, "something else")


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": -1},
        {"starts_on": +1},
        {"is_active": False},
    ],
)
def test_whoever_does_not_work_here_today_gets_in_by_no_means(
    change: dict[str, Any], person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    """Not by their password, and a session that runs ends with the next page."""
    somebody = person(Role.FRONT_LINE)
    running = sign_in(somebody)
    assert is_signed_in(running)
    for name, value in change.items():
        today = timezone.localdate()
        setattr(somebody, name, value if value is False else today + timedelta(days=value))
    somebody.save()
    assert not is_signed_in(running)
    assert not attempt(somebody.email, PASSWORD)


def test_the_last_day_is_still_a_day_at_work(person: Callable[[Role], StaffMember]) -> None:
    somebody = person(Role.FRONT_LINE)
    somebody.ends_on = timezone.localdate()
    somebody.save()
    assert attempt(somebody.email, PASSWORD)


def test_nobody_signs_up(client: Client) -> None:
    form = {
        "email": "new@harrowmere.example",
        "password1": "long-enough-1",
        "password2": "long-enough-1",
    }
    assert client.get(reverse("account_signup")).status_code == 200
    client.post(reverse("account_signup"), form)
    assert not StaffMember.objects.filter(email="new@harrowmere.example").exists()


@pytest.mark.parametrize(
    "page", ["account_email", "account_confirm_email", "socialaccount_connections", "mfa_index"]
)
def test_pages_that_staff_do_not_need_are_not_there(page: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(page)


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/confirm-email/", "/accounts/3rdparty/"]
)
def test_nor_by_their_usual_addresses(path: str, sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.FRONT_LINE).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/_util/login/"])
def test_the_other_sign_ins_are_closed(path: str, client: Client) -> None:
    answer = client.post(path, {"username": "x", "password": "y", "email": "x@y.example"})
    assert answer.status_code in (302, 403, 404)
    assert answer.status_code != 302 or answer["Location"].startswith("/accounts/login/")


def test_the_desk_sends_to_the_portals_own_sign_in(
    client: Client, person: Callable[[Role], StaffMember]
) -> None:
    form = {"username": person(Role.EDITOR).email, "password": PASSWORD}
    answer = client.post("/admin/login/", form)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_eight_failures_lock_this_person_out_and_nobody_else(
    person: Callable[[Role], StaffMember], settings: Any
) -> None:
    settings.AXES_ENABLED = True
    tried, other = person(Role.LEAD_QA).email, person(Role.EDITOR).email
    for number in range(8):
        assert not attempt(tried if number % 2 else tried.upper(), "wrong")
    assert not attempt(tried, PASSWORD), "the right password does not help now"
    assert attempt(other, PASSWORD), "colleagues behind the same address of the network still work"


def test_seven_failures_lock_nobody_out(
    person: Callable[[Role], StaffMember], settings: Any
) -> None:
    settings.AXES_ENABLED = True
    email = person(Role.LEAD_QA).email
    for _ in range(7):
        assert not attempt(email, "wrong")
    assert attempt(email, PASSWORD)


def test_the_lock_opens_by_itself(person: Callable[[Role], StaffMember], settings: Any) -> None:
    from axes.models import AccessAttempt

    settings.AXES_ENABLED = True
    email = person(Role.LEAD_QA).email
    for _ in range(8):
        attempt(email, "wrong")
    assert not attempt(email, PASSWORD)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(email, PASSWORD)


def test_signing_in_out_and_failing_are_in_the_access_log(
    person: Callable[[Role], StaffMember], client: Client
) -> None:
    somebody = person(Role.FRONT_LINE)
    attempt(somebody.email, "wrong", client)
    attempt(somebody.email, PASSWORD, client)
    client.post(reverse("account_logout"))
    actions = list(AccessEvent.objects.order_by("id").values_list("action", "user_id"))[-3:]
    assert actions == [
        ("sign_in_failed", None),
        ("signed_in", somebody.pk),
        ("signed_out", somebody.pk),
    ]


def test_a_session_ends_after_an_hour_and_with_the_browser(
    person: Callable[[Role], StaffMember], client: Client, settings: Any
) -> None:
    attempt(person(Role.FRONT_LINE).email, PASSWORD, client)
    assert client.cookies["sessionid"]["max-age"] == "", "the cookie goes with the browser"
    assert settings.SESSION_COOKIE_AGE == 3600
    session = client.session
    assert timezone.now() < session.get_expiry_date() <= timezone.now() + timedelta(hours=1)


def test_a_reset_is_mailed_without_saying_whether_somebody_is_known(
    client: Client, person: Callable[[Role], StaffMember]
) -> None:
    known = client.post(reverse("account_reset_password"), {"email": person(Role.EDITOR).email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@harrowmere.example"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
