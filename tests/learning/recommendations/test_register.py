"""The register: what each person finds, derived statuses, a safe download, a constant number of queries."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.access.models import AccessEvent
from learning.exports import FICTIONAL
from learning.models import Recommendation, Theme
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations.states import DerivedStatus
from learning.recommendations.status_days import status_days
from tests.learning.audit import a_cycle, a_recommendation
from tests.learning.recommendations.conftest import Audit, a_colleague

pytestmark = pytest.mark.django_db

LIST = reverse("recommendations:register")
CANARY = "kestrelquarry"


def listed(client: Client, query: str = "?whose=all") -> set[str]:
    """The references on the page."""
    page = client.get(LIST + query).text
    return {ref for ref in Recommendation.objects.values_list("ref", flat=True) if ref in page}


def wide(audit: Audit, **fields: Any) -> Recommendation:
    return a_recommendation(
        cycle=audit.cycle, **{"owner": audit.lead, "level": "service", **fields}
    )


def test_each_person_finds_what_they_may_read_and_no_more(
    audit: Audit, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    of_case = a_recommendation(audit.submission, owner=audit.owner)
    draft = a_recommendation(audit.submission, owner=audit.owner, state="draft")
    of_service = wide(audit)
    expected: dict[Any, set[Recommendation]] = {
        audit.lead: {of_case, draft, of_service},
        audit.officer: {of_case, draft, of_service},
        person(Role.AUDIT_ADMIN): {of_case, draft, of_service},
        audit.owner: {of_case, of_service},
        audit.auditor: {of_case, draft},
        audit.worker: {of_case},
        audit.owners_manager: {of_case, of_service},
        StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example"): {of_service},
        StaffMember.objects.get(email="tomasz.wilczek@harrowmere.example"): {of_service},
        person(Role.BOARD_MEMBER): {of_service},
        a_colleague("Jon"): set(),
    }
    for somebody, rows in expected.items():
        assert listed(sign_in(somebody)) == {row.ref for row in rows}, somebody


def test_words_about_one_case_stand_on_its_own_page_only(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner)
    Recommendation.objects.filter(pk=row.pk).update(action=f"Find {CANARY}.", why=CANARY)
    for client in (sign_in(audit.lead), sign_in(audit.owner)):
        assert CANARY not in client.get(f"{LIST}?whose=all").text
        assert CANARY not in client.get(reverse("recommendations:download")).text
        assert CANARY in client.get(row.get_absolute_url()).text


def test_mine_come_first_and_the_team_of_a_manager_has_its_own_list(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    own = wide(audit, owner=audit.owner)
    of_worker = wide(audit, owner=audit.worker)
    other = wide(audit)
    client = sign_in(audit.owner)
    assert listed(client, "") == {own.ref}
    assert listed(client, "?whose=team") == {of_worker.ref}
    assert listed(client) == {own.ref, of_worker.ref, other.ref}


@pytest.mark.parametrize("due_in", range(-3, 15))
def test_the_list_and_the_page_derive_the_same_status(due_in: int, audit: Audit) -> None:
    row = wide(audit, due_in=due_in)
    for day in range(7):
        days = status_days(date.today() + timedelta(days=day))
        (found,) = [
            status
            for status in DerivedStatus
            if Recommendation.objects.all().having(status, days).exists()
        ]
        assert row.status(days) == found
        assert Recommendation.objects.all().status_counts(days)[found] == 1


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2031, 2, 25), DerivedStatus.ON_TRACK),
        (date(2031, 2, 26), DerivedStatus.DUE_SOON),
        (date(2031, 3, 12), DerivedStatus.DUE_SOON),
        (date(2031, 3, 13), DerivedStatus.OVERDUE),
    ],
)
def test_a_status_follows_from_the_date(day: date, status: DerivedStatus, audit: Audit) -> None:
    row = wide(audit)
    row.due_date = date(2031, 3, 12)
    assert row.status(status_days(day)) == status


def test_a_weekend_makes_nothing_late(audit: Audit) -> None:
    row = wide(audit)
    row.due_date = date(2031, 3, 14)
    for day in (14, 15, 16):
        assert row.status(status_days(date(2031, 3, day))) == DerivedStatus.DUE_SOON
    assert row.status(status_days(date(2031, 3, 17))) == DerivedStatus.OVERDUE


def test_no_field_holds_a_status_and_no_form_sets_one(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    names = {field.name for field in Recommendation._meta.get_fields()}
    assert "status" not in names
    row = wide(audit, state="draft")
    lead = sign_in(audit.lead)
    sent = {"status": "verified", "state": "verified", "original_due_date": "2020-01-01"}
    for name in ("change", "issue"):
        lead.post(reverse(f"recommendations:{name}", args=[row.ref]), sent)
    row.refresh_from_db()
    assert (row.state, row.original_due_date) == ("draft", None)
    with pytest.raises(AttributeError):
        row.state = "verified"


def test_it_is_narrowed_by_status_level_cycle_theme_and_owner(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    theme = Theme.objects.order_by("pk").first()
    assert theme is not None
    late = wide(audit, due_in=-5, owner=audit.owner)
    themed = wide(audit, level="team")
    themed.themes.add(theme)
    earlier = a_recommendation(cycle=a_cycle("2030-Q4"), owner=audit.officer, level="service")
    client = sign_in(audit.lead)
    for query, expected in {
        "&status=overdue": {late},
        "&level=team": {themed},
        "&cycle=2030-Q4": {earlier},
        f"&theme={theme.code}": {themed},
        f"&owner={audit.owner.pk}": {late},
        "&status=overdue&level=team": set(),
        "&status=nonsense": {late, themed, earlier},
        "&owner=%27": {late, themed, earlier},
        "&owner=99999999999999999999999": {late, themed, earlier},
        "&owner=%C2%B2": {late, themed, earlier},
        "&cycle=none": set(),
        "&page=x": {late, themed, earlier},
    }.items():
        assert listed(client, f"?whose=all{query}") == {row.ref for row in expected}, query


def test_the_download_starts_no_formula_and_is_logged(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = wide(audit)
    Recommendation.objects.filter(pk=row.pk).update(action="=HYPERLINK(1)")
    answer = sign_in(audit.lead).get(reverse("recommendations:download") + "?whose=all")
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert "by Marguerite" in lines[0][0]
    assert [FICTIONAL] in lines
    assert lines[-1][:2] == [row.ref, "'=HYPERLINK(1)"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    assert AccessEvent.objects.filter(user_id=audit.lead.pk, action="exported").exists()


@pytest.mark.parametrize("who", ["lead", "owner", "auditor"])
def test_the_queries_of_a_long_register_do_not_grow(
    who: str, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(getattr(audit, who))

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    theme = Theme.objects.order_by("pk").first()
    addresses = (
        f"{LIST}?whose=all",
        reverse("recommendations:download") + "?whose=all",
        reverse("home:my_work"),
    )
    _many(audit, theme, 3)
    few = [queries(address) for address in addresses]
    _many(audit, theme, 297)
    many = [queries(address) for address in addresses]
    assert many[1:] <= few[1:]
    assert many[0] <= few[0]
    assert many[0] <= 20


def _many(audit: Audit, theme: Theme | None, count: int) -> None:
    for number in range(count):
        state = ("issued", "in_progress", "completion_confirmed", "draft")[number % 4]
        row = a_recommendation(audit.submission, owner=audit.owner, state=state, due_in=number % 30)
        row.themes.add(theme)


def test_an_empty_register_says_what_will_stand_there(sign_in: Callable[..., Client]) -> None:
    assert "No recommendations here" in sign_in(Role.FRONT_LINE).get(LIST).text
