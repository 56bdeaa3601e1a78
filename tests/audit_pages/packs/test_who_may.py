"""Who may do what with packs: every address, as the owner, a stranger and each role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from audit_pages.models import Pack, Slide
from audit_pages.packs import services
from learning.people.models import StaffMember
from learning.people.roles import Role

POSTED = {"to": "down", "kind": "own", "title": "x", "people": "1", "heading": "Taken over"}
READ = ["", "powerpoint/", "print/"]
CHANGE = [
    "details/",
    "delete/",
    "sharing/",
    "slides/{slide}/",
    "slides/{slide}/remove/",
]
POST_ONLY = [
    "copy/",
    "slides/",
    "slides/{slide}/move/",
    "slides/{slide}/put-back/",
    "sharing/{owner}/end/",
]
MAKERS = [
    Role.FRONT_LINE,
    Role.LINE_MANAGER,
    Role.LEAD_QA,
    Role.QA_OFFICER,
    Role.AUDIT_ADMIN,
    Role.SENIOR_MANAGER,
    Role.EDITOR,
]


@pytest.fixture
def slide(pack: Pack) -> Slide:
    return services.add_slide(pack=pack, kind=Slide.Kind.OWN, text="Mine")


def _address(pack: Pack, slide: Slide, path: str) -> str:
    return f"/packs/{pack.pk}/" + path.format(slide=slide.pk, owner=pack.owner_id)


@pytest.mark.parametrize("path", READ + CHANGE)
def test_a_stranger_sees_nothing(
    sign_in: Any, colleague: StaffMember, pack: Pack, slide: Slide, path: str
) -> None:
    response = sign_in(colleague).get(_address(pack, slide, path))

    assert response.status_code == 404


@pytest.mark.parametrize("path", CHANGE + POST_ONLY)
def test_a_stranger_changes_nothing(
    sign_in: Any, colleague: StaffMember, pack: Pack, slide: Slide, path: str
) -> None:
    response = sign_in(colleague).post(_address(pack, slide, path), POSTED)

    assert response.status_code == 404
    slide.refresh_from_db()
    assert (slide.heading, slide.removed_at) == ("", None)
    assert Pack.objects.get() == pack


@pytest.mark.parametrize("path", [*READ, "slides/{slide}/"])
def test_a_slide_is_not_reached_through_another_pack(
    sign_in: Any, colleague: StaffMember, pack: Pack, slide: Slide, path: str
) -> None:
    own = services.start_pack(owner=colleague)

    assert sign_in(colleague).get(f"/packs/{own.pk}/slides/{slide.pk}/").status_code == 404


@pytest.mark.parametrize("path", READ)
def test_whom_the_owner_names_may_read_and_download(
    sign_in: Any, colleague: StaffMember, pack: Pack, slide: Slide, path: str
) -> None:
    pack.shared_with.add(colleague)

    assert sign_in(colleague).get(_address(pack, slide, path)).status_code == 200


@pytest.mark.parametrize("path", CHANGE + [p for p in POST_ONLY if p != "copy/"])
def test_whom_the_owner_names_changes_nothing(
    sign_in: Any, colleague: StaffMember, pack: Pack, slide: Slide, path: str
) -> None:
    pack.shared_with.add(colleague)
    client = sign_in(colleague)

    assert client.post(_address(pack, slide, path), POSTED).status_code == 404
    slide.refresh_from_db()
    assert (slide.heading, slide.removed_at) == ("", None)


@pytest.mark.parametrize("role", MAKERS)
def test_reading_roles_make_packs(sign_in: Any, role: Role) -> None:
    client = sign_in(role)
    client.post("/packs/new/", {"title": "Ours", "start_from": "empty"})

    assert client.get("/packs/").status_code == 200
    assert Pack.objects.get().title == "Ours"


def test_a_board_member_reads_what_is_shared_and_makes_nothing(
    sign_in: Any, person: Callable[[Role], StaffMember], pack: Pack
) -> None:
    pack.shared_with.add(person(Role.BOARD_MEMBER))
    client = sign_in(Role.BOARD_MEMBER)

    assert pack.title in client.get("/packs/").text
    assert client.get(f"/packs/{pack.pk}/").status_code == 200
    assert client.post("/packs/new/", {"title": "x", "start_from": "empty"}).status_code == 403
    assert client.post(f"/packs/{pack.pk}/copy/").status_code == 403


@pytest.mark.parametrize("role", [Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE])
def test_roles_without_packs_are_refused_even_when_named(
    sign_in: Any, person: Callable[[Role], StaffMember], pack: Pack, role: Role
) -> None:
    pack.shared_with.add(person(role))
    client = sign_in(role)

    answers = [
        client.get(path).status_code for path in ("/packs/", "/packs/new/", f"/packs/{pack.pk}/")
    ]
    assert answers == [403, 403, 403]


def test_nobody_signed_out_gets_anywhere(client: Client, pack: Pack) -> None:
    response = client.get(f"/packs/{pack.pk}/powerpoint/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_who_loses_the_role_loses_the_pack(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    owner.groups.clear()

    assert sign_in(owner).get(f"/packs/{pack.pk}/").status_code == 403
