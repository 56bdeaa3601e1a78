"""Adding and changing people in the desk: nobody raises themselves, by screen or by forged request."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from learning.events.models import Event
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db
KEEPERS = [Role.AUDIT_ADMIN, Role.IT_SUPPORT]


@pytest.fixture
def superuser() -> StaffMember:
    return StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )


def form_of(person: StaffMember | None = None, **changes: Any) -> dict[str, Any]:
    """What the form for a person posts, forged fields among it."""
    return {
        "email": person.email if person else "new.person@harrowmere.example",
        "first_name": person.first_name if person else "New",
        "last_name": person.last_name if person else "Person",
        "is_active": "on",
        "groups": [g.pk for g in person.groups.all()] if person else [],
        **changes,
    }


def group_of(role: Role) -> Group:
    return Group.objects.get(name=role.label)


def in_bulk(action: str, *people: StaffMember) -> str:
    url = reverse("wagtail_bulk_action", args=["learning", "staffmember", action])
    return url + "?" + "&".join(f"id={person.pk}" for person in people)


@pytest.mark.parametrize("role", KEEPERS)
def test_people_are_added_and_choose_their_own_password(
    role: Role, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    form = form_of(
        groups=[group_of(Role.EDITOR).pk], password1="chosen-by-me-1", password2="chosen-by-me-1"
    )
    assert sign_in(role).post(reverse("wagtailusers_users:add"), form).status_code == 302
    added = StaffMember.objects.get(email="new.person@harrowmere.example")
    assert added.has_role(Role.EDITOR)
    assert not added.has_usable_password()
    assert Event.objects.filter(action="staff.added", actor_id=person(role).pk).exists()
    Client().post(reverse("account_reset_password"), {"email": added.email})
    assert "/accounts/password/reset/key/" in mail.outbox[-1].body


@pytest.mark.parametrize("role", KEEPERS)
def test_nobody_below_a_superuser_makes_a_superuser(
    role: Role, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    client = sign_in(role)
    client.post(reverse("wagtailusers_users:add"), form_of(is_superuser="on", is_staff="on"))
    client.post(
        reverse("wagtailusers_users:edit", args=[stranger.pk]),
        form_of(stranger, is_superuser="on", user_permissions=["1"]),
    )
    assert StaffMember.objects.filter(email="new.person@harrowmere.example").exists()
    assert not StaffMember.objects.filter(is_superuser=True).exists()
    assert not StaffMember.objects.exclude(user_permissions=None).exists()


@pytest.mark.parametrize("role", KEEPERS)
def test_nobody_below_a_superuser_changes_a_superuser(
    role: Role, superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    edit = reverse("wagtailusers_users:edit", args=[superuser.pk])
    assert client.get(edit).status_code in (302, 403)
    client.post(edit, form_of(superuser, email="mine@harrowmere.example"))
    client.post(in_bulk("set_active_state", superuser), {"mark_as_active": "False"})
    client.post(in_bulk("assign_role", superuser), {"role": group_of(Role.EDITOR).pk})
    client.post(in_bulk("delete", superuser))
    superuser = StaffMember.objects.get(pk=superuser.pk)
    assert superuser.email == "root@harrowmere.example"
    assert superuser.is_active
    assert not superuser.groups.exists()


@pytest.mark.parametrize("role", KEEPERS)
def test_nobody_changes_their_own_roles(
    role: Role, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    keeper = person(role)
    client, before = sign_in(role), set(keeper.groups.values_list("pk", flat=True))
    wanted = group_of(Role.LEAD_QA).pk
    edit = reverse("wagtailusers_users:edit", args=[keeper.pk])
    client.post(edit, form_of(keeper, groups=[*before, wanted], is_superuser="on"))
    client.post(in_bulk("assign_role", keeper), {"role": wanted})
    client.post(in_bulk("assign_role", keeper) + "&id=all", {"role": wanted})
    keeper = StaffMember.objects.get(pk=keeper.pk)
    assert set(keeper.groups.values_list("pk", flat=True)) == before
    assert not keeper.is_superuser


@pytest.mark.parametrize("role", KEEPERS)
def test_changed_roles_and_addresses_are_written_down(
    role: Role,
    stranger: StaffMember,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    client = sign_in(role)
    edit = reverse("wagtailusers_users:edit", args=[stranger.pk])
    changed = form_of(stranger, groups=[group_of(Role.EDITOR).pk], email="moved@harrowmere.example")
    assert client.post(edit, changed).status_code == 302
    client.post(in_bulk("assign_role", stranger), {"role": group_of(Role.QA_OFFICER).pk})
    client.post(in_bulk("set_active_state", stranger), {"mark_as_active": "False"})
    stranger = StaffMember.objects.get(pk=stranger.pk)
    assert stranger.has_role(Role.EDITOR)
    assert stranger.has_role(Role.QA_OFFICER)
    assert not stranger.is_active
    events = Event.objects.filter(object_id=str(stranger.pk), actor_id=person(role).pk)
    assert list(events.order_by("id").values_list("action", flat=True)) == [
        "staff.address_changed",
        "staff.roles_changed",
        "staff.roles_changed",
        "staff.shut_out",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_others_change_nobody_not_even_in_bulk(
    role: Role, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    client.post(
        reverse("wagtailusers_users:edit", args=[stranger.pk]), form_of(stranger, first_name="Z")
    )
    client.post(reverse("wagtailusers_users:add"), form_of())
    client.post(in_bulk("assign_role", stranger), {"role": group_of(Role.EDITOR).pk})
    client.post(in_bulk("set_active_state", stranger), {"mark_as_active": "False"})
    client.post(in_bulk("delete", stranger))
    stranger = StaffMember.objects.get(pk=stranger.pk)
    assert (stranger.first_name, stranger.is_active) == ("Sam", True)
    assert not stranger.groups.exists()
    assert not StaffMember.objects.filter(email="new.person@harrowmere.example").exists()


@pytest.mark.parametrize("role", KEEPERS)
def test_groups_stay_as_they_are(role: Role, sign_in: Callable[..., Client]) -> None:
    """A keeper who could change a group could give their own role the rights of another."""
    client, group = sign_in(role), group_of(role)
    before = set(group.permissions.values_list("pk", flat=True))
    form = {"name": group.name, "permissions": list(range(1, 200))}
    client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), form)
    client.post(reverse("wagtailusers_groups:add"), {"name": "Mine", "permissions": [1]})
    assert set(group.permissions.values_list("pk", flat=True)) == before
    assert not Group.objects.filter(name="Mine").exists()


def test_ones_own_account_page_gives_no_address_or_password_away(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    client, editor = sign_in(Role.EDITOR), person(Role.EDITOR)
    answer = client.get(reverse("wagtailadmin_account"))
    assert 'type="password"' not in answer.text
    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-email": "other@harrowmere.example",
            "name_email-first_name": "E",
            "is_superuser": "on",
        },
    )
    assert StaffMember.objects.get(pk=editor.pk).email == editor.email
    assert not StaffMember.objects.get(pk=editor.pk).is_superuser


def test_a_changed_address_is_told_to_the_old_one(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    lead = person(Role.LEAD_QA)
    edit = reverse("wagtailusers_users:edit", args=[lead.pk])
    sign_in(Role.IT_SUPPORT).post(edit, form_of(lead, email="mine@harrowmere.example"))
    assert StaffMember.objects.get(pk=lead.pk).email == "mine@harrowmere.example"
    (message,) = mail.outbox
    assert message.to == [lead.email]
    assert "mine@" not in message.body
    sign_in(Role.IT_SUPPORT).post(edit, form_of(lead, email="mine@harrowmere.example"))
    assert len(mail.outbox) == 1, "nothing was changed the second time"


def test_no_picture_of_a_colleague_is_taken(
    sign_in: Callable[..., Client], settings: Any, person: Callable[[Role], StaffMember]
) -> None:
    client = sign_in(Role.IT_SUPPORT)
    assert 'name="avatar' not in client.get(reverse("wagtailadmin_account")).text
    said = {
        "name_email-first_name": "Kofi",
        "name_email-last_name": "Renamed",
        "avatar-avatar": get_test_image_file("jane-doe.png"),
        "locale-preferred_language": "",
        "locale-current_time_zone": "Europe/London",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    client.post(reverse("wagtailadmin_account"), said)
    assert person(Role.IT_SUPPORT).last_name == "Renamed", "the rest is kept"
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("role", KEEPERS)
def test_saving_a_persons_form_as_it_stands_keeps_where_they_belong(
    role: Role, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    """A field that the page does not show is sent by no browser, and would be emptied."""
    worker = person(Role.FRONT_LINE)
    worker.starts_on, worker.job_title = date(2020, 1, 6), worker.job_title or "Social worker"
    worker.also_called = "Mina, Amina Begum"
    worker.save()
    names = (
        "also_called",
        "job_title",
        "job_family",
        "team_id",
        "line_manager_id",
        "starts_on",
        "ends_on",
    )
    before = [getattr(worker, name) for name in names]
    assert worker.team_id and worker.line_manager_id
    edit = reverse("wagtailusers_users:edit", args=[worker.pk])
    page = sign_in(role).get(edit)
    form = page.context["form"]
    shown = {name for name in form.fields if f'name="{name}"' in page.text}
    said = {name: form[name].value() for name in shown if form[name].value() not in (None, False)}
    assert sign_in(role).post(edit, said).status_code == 302
    worker.refresh_from_db()
    assert [getattr(worker, name) for name in names] == before


@pytest.mark.parametrize("role", KEEPERS)
def test_what_else_somebody_is_called_is_kept_with_the_person(
    role: Role, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    edit = reverse("wagtailusers_users:edit", args=[stranger.pk])
    form = form_of(stranger, also_called="Sammy, Samira Ali")
    assert sign_in(role).post(edit, form).status_code == 302
    assert "Sammy, Samira Ali" in sign_in(role).get(edit).text
    assert "Sammy" not in sign_in(role).get(reverse("wagtailusers_users:index")).text
    assert sign_in(Role.EDITOR).get(edit).status_code == 302, "nobody else reads it"
