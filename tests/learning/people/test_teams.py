"""Teams in the desk: who keeps them, how a council's list meets them, and why a used one stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.events.models import Event
from learning.people.models import StaffMember, Team
from learning.people.roles import Role
from learning.programme.models import ConflictDeclaration
from learning.programme.team_forms import LinksForm
from tests.learning.audit import a_cycle, a_pair, a_person

pytestmark = pytest.mark.django_db
KEEPERS = [Role.AUDIT_ADMIN, Role.IT_SUPPORT]
LIST = reverse("wagtailsnippets_learning_team:list")
ADD = reverse("wagtailsnippets_learning_team:add")


def form_of(team: Team | None = None, **changes: str) -> dict[str, str]:
    """What the form for a team posts; `is_active=""` is a tick taken off."""
    said = {
        "name": team.name if team else "Harbour assessment",
        "code": team.code if team else "harbour-assessment",
        "service_area": team.service_area if team else "Assessment",
        "is_active": "on",
    } | changes
    return {name: value for name, value in said.items() if value}


def address(team: Team, view: str) -> str:
    return reverse(f"wagtailsnippets_learning_team:{view}", args=[team.pk])


def in_bulk(*teams: Team) -> str:
    url = reverse("wagtail_bulk_action", args=["learning", "team", "delete"])
    return url + "?" + "&".join(f"id={team.pk}" for team in teams)


def a_team(name: str = "Harbour assessment", **fields: Any) -> Team:
    return Team.objects.create(
        name=name, code=name.lower().replace(" ", "-"), service_area="Assessment", **fields
    )


@pytest.fixture
def superuser() -> StaffMember:
    return StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )


def events_of(team: Team) -> list[str]:
    events = Event.objects.filter(object_type="learning.team", object_id=str(team.pk))
    return list(events.order_by("id").values_list("action", flat=True))


@pytest.mark.parametrize("role", KEEPERS)
def test_a_team_is_added_changed_and_made_inactive(
    role: Role, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    assert client.post(ADD, form_of(name=" Harbour   assessment ")).status_code == 302
    team = Team.objects.get(code="harbour-assessment")
    assert team.name == "Harbour assessment", "it is matched with single spaces"
    edit = address(team, "edit")
    changed = form_of(team, service_area="Help and protection", code="another-code")
    assert client.post(edit, changed).status_code == 302
    assert client.post(edit, form_of(team, is_active="")).status_code == 302
    team.refresh_from_db()
    assert (team.code, team.is_active) == ("harbour-assessment", False), "the code stays"
    client.post(edit, form_of(team))
    assert events_of(team) == [
        "team.added",
        "team.changed",
        "team.made_inactive",
        "team.made_active",
    ]


def test_the_name_of_a_team_is_given_once_whatever_its_capitals(
    sign_in: Callable[..., Client],
) -> None:
    a_team()
    answer = sign_in(Role.AUDIT_ADMIN).post(
        ADD, form_of(name="HARBOUR ASSESSMENT", code="harbour-2")
    )
    assert "There is a team of this name already." in answer.text
    assert Team.objects.filter(name__iexact="harbour assessment").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_nobody_else_adds_changes_or_deletes_a_team(
    role: Role, sign_in: Callable[..., Client]
) -> None:
    team, client = a_team(), sign_in(role)
    client.post(ADD, form_of(name="Mine", code="mine"))
    client.post(address(team, "edit"), form_of(team, name="Mine"))
    client.post(address(team, "delete"))
    client.post(in_bulk(team))
    assert Team.objects.get(pk=team.pk).name == "Harbour assessment"
    assert not Team.objects.filter(code="mine").exists()


def test_information_governance_reads_the_list_alone(sign_in: Callable[..., Client]) -> None:
    a_team()
    client = sign_in(Role.INFORMATION_GOVERNANCE)
    assert "Harbour assessment" in client.get(LIST).text
    assert ADD not in client.get(LIST).text


def test_the_list_is_searched_filtered_and_asks_no_more_for_more(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    a_team()
    a_team("Lantern fostering", is_active=False)
    client = sign_in(Role.AUDIT_ADMIN)
    client.get(LIST)
    found = client.get(LIST, {"q": "lantern"}).text
    assert "Lantern fostering" in found
    assert "Harbour assessment" not in found
    inactive = client.get(LIST, {"is_active": "false"}).text
    assert "Lantern fostering" in inactive
    assert "Harbour assessment" not in inactive
    for number in range(15):
        a_team(f"Team {number}")
    with django_assert_max_num_queries(20):
        client.get(LIST)


@pytest.mark.parametrize("role", KEEPERS)
def test_a_keeper_deletes_no_team_not_even_in_bulk(
    role: Role, sign_in: Callable[..., Client]
) -> None:
    team, client = a_team(), sign_in(role)
    client.post(address(team, "delete"))
    client.post(in_bulk(team))
    assert Team.objects.filter(pk=team.pk).exists()


@pytest.mark.parametrize("use", ["person", "link"])
def test_a_used_team_is_kept_from_a_superuser_too_with_a_sentence(
    use: str, superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    used, unused = a_team(), a_team("Lantern fostering")
    someone = a_person("Someone")
    if use == "person":
        StaffMember.objects.filter(pk=someone.pk).update(team=used)
    else:
        pair = a_pair(a_cycle(), someone, a_person("Partner"))
        ConflictDeclaration.objects.create(member=pair.members.first(), team=used)
    client = sign_in(superuser)
    assert "is not deleted" in client.post(address(used, "delete"), follow=True).text
    assert "is not deleted" in client.post(in_bulk(unused, used), follow=True).text
    assert Team.objects.filter(pk__in=[used.pk, unused.pk]).count() == 2
    client.post(address(unused, "delete"))
    assert not Team.objects.filter(pk=unused.pk).exists()


def test_an_inactive_team_is_not_offered_for_anything_new_and_stays_where_it_stands(
    sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    gone = a_team(is_active=False)
    going = a_team("Lantern fostering")
    client = sign_in(Role.AUDIT_ADMIN)
    edit = reverse("wagtailusers_users:edit", args=[stranger.pk])
    for url in (reverse("wagtailusers_users:add"), edit):
        html = client.get(url).text
        assert gone.name not in html
        assert going.name in html
    assert gone not in LinksForm().fields["teams"].queryset
    assert gone in LinksForm(initial={"teams": [gone]}).fields["teams"].queryset
    StaffMember.objects.filter(pk=stranger.pk).update(team=gone)
    said = {
        "email": stranger.email, "first_name": "Sam", "last_name": "Moved", "is_active": "on",
        "team": gone.pk,
    }  # fmt: skip
    assert client.post(edit, said).status_code == 302
    stranger.refresh_from_db()
    assert (stranger.last_name, stranger.team) == ("Moved", gone)
