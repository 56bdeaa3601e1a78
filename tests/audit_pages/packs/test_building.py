"""The builder: order, words, taking out and putting back, sharing, copies, deletion."""

from typing import Any

import pytest
from django.utils import timezone

from audit_pages.models import FindingPage, Pack, Slide
from audit_pages.packs import services
from learning.events.models import Event
from learning.people.models import StaffMember
from learning.people.roles import Role


@pytest.fixture
def three(pack: Pack) -> list[int]:
    return [
        services.add_slide(pack=pack, kind=Slide.Kind.OWN, heading=name).pk
        for name in ("One", "Two", "Three")
    ]


@pytest.mark.parametrize(
    ("which", "to", "expected"),
    [
        (1, "up", [1, 0, 2]),
        (1, "down", [0, 2, 1]),
        (0, "up", [0, 1, 2]),
        (2, "down", [0, 1, 2]),
        (2, "first", [2, 0, 1]),
        (0, "last", [1, 2, 0]),
    ],
)
def test_slides_are_ordered_without_a_script(
    sign_in: Any,
    owner: StaffMember,
    pack: Pack,
    three: list[int],
    which: int,
    to: str,
    expected: list[int],
    slides_in_order: Any,
) -> None:
    response = sign_in(owner).post(f"/packs/{pack.pk}/slides/{three[which]}/move/", {"to": to})

    assert slides_in_order(pack) == [three[place] for place in expected]
    assert response["Location"] == f"/packs/{pack.pk}/#slide-{three[which]}"


def test_a_slide_taken_out_can_be_put_back_in_its_place(
    sign_in: Any, owner: StaffMember, pack: Pack, three: list[int], slides_in_order: Any
) -> None:
    client = sign_in(owner)
    shown = client.post(f"/packs/{pack.pk}/slides/{three[1]}/remove/", follow=True)
    assert "Put it back" in shown.text
    assert slides_in_order(pack) == [three[0], three[2]]

    client.post(f"/packs/{pack.pk}/slides/{three[1]}/put-back/")

    assert slides_in_order(pack) == three


def test_what_was_taken_out_goes_for_good_after_a_day(pack: Pack, three: list[int]) -> None:
    services.remove_slide(slide=Slide.objects.get(pk=three[0]))
    Slide.objects.filter(pk=three[0]).update(removed_at=timezone.now() - services.UNDO_FOR * 2)

    services.remove_slide(slide=Slide.objects.get(pk=three[1]))

    assert set(pack.slides.values_list("pk", flat=True)) == set(three[1:])


def test_a_slide_is_written(sign_in: Any, owner: StaffMember, pack: Pack, three: list[int]) -> None:
    sign_in(owner).post(
        f"/packs/{pack.pk}/slides/{three[0]}/",
        {"heading": "Tuesday", "text": "- up at six", "notes": "Read it slowly."},
    )

    slide = Slide.objects.get(pk=three[0])
    assert (slide.heading, slide.text, slide.notes) == ("Tuesday", "- up at six", "Read it slowly.")


def test_pasted_control_characters_are_left_out(
    sign_in: Any, owner: StaffMember, pack: Pack, three: list[int]
) -> None:
    response = sign_in(owner).post(
        f"/packs/{pack.pk}/slides/{three[0]}/",
        {"heading": "AB\x0bC", "text": "one\x1ftwo\ufffe", "notes": ""},
    )

    slide = Slide.objects.get(pk=three[0])
    assert (response.status_code, slide.heading, slide.text) == (302, "ABC", "onetwo")


def test_the_parts_of_a_page_are_chosen(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    slide, _ = services.add_page(pack=pack, page=finding)
    client = sign_in(owner)
    assert "What we saw" in client.get(f"/packs/{pack.pk}/slides/{slide.pk}/").text

    client.post(f"/packs/{pack.pk}/slides/{slide.pk}/", {"parts": ["what-we-saw"]})
    slide.refresh_from_db()
    assert slide.chosen_parts == ["what-we-saw"]

    everything = [part.anchor for part in finding.parts()]
    client.post(f"/packs/{pack.pk}/slides/{slide.pk}/", {"parts": everything})
    slide.refresh_from_db()
    assert slide.chosen_parts is None


def test_a_title_with_marks_of_html_is_only_text(
    sign_in: Any, owner: StaffMember, pack: Pack, make_finding: Any
) -> None:
    page = make_finding(title="<script>alert(1)</script>", what_we_saw="<p>x</p>")
    slide, _ = services.add_page(pack=pack, page=page)
    client = sign_in(owner)

    for path in (
        f"/packs/{pack.pk}/",
        f"/packs/{pack.pk}/slides/{slide.pk}/",
        f"/packs/{pack.pk}/print/",
    ):
        assert "<script>alert" not in client.get(path).text


def test_a_step_of_the_template_is_added_and_says_what_it_is_for(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    response = sign_in(owner).post(f"/packs/{pack.pk}/slides/", {"kind": "light_bulb"}, follow=True)

    assert "saw something differently" in response.text
    assert "Still to write" in sign_in(owner).get(f"/packs/{pack.pk}/").text


def test_an_item_cannot_be_forged_as_a_written_slide(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    assert sign_in(owner).post(f"/packs/{pack.pk}/slides/", {"kind": "item"}).status_code == 404
    assert not pack.slides.exists()


def test_title_and_day_are_changed(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    client = sign_in(owner)
    day = {"presented_on_day": "14", "presented_on_month": "3", "presented_on_year": "2027"}
    client.post(
        f"/packs/{pack.pk}/details/", {"title": "Spring", "presented_to": "All teams", **day}
    )

    pack.refresh_from_db()
    assert (pack.title, pack.presented_to, f"{pack.presented_on}") == (
        "Spring",
        "All teams",
        "2027-03-14",
    )
    wrong = client.post(
        f"/packs/{pack.pk}/details/", {"title": "", **day, "presented_on_month": "13"}
    )
    assert "There is a problem" in wrong.text
    assert "Give the date as day, month and year" in wrong.text


def test_deleting_asks_first(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    client = sign_in(owner)
    assert "Delete this pack" in client.get(f"/packs/{pack.pk}/delete/").text
    assert Pack.objects.filter(pk=pack.pk).exists()

    client.post(f"/packs/{pack.pk}/delete/")

    assert not Pack.objects.filter(pk=pack.pk).exists()
    assert Event.objects.filter(action="pack.deleted", object_id=str(pack.pk)).exists()


def test_a_pack_is_shared_by_name_and_taken_back(
    sign_in: Any, owner: StaffMember, colleague: StaffMember, pack: Pack
) -> None:
    client = sign_in(owner)
    found = client.get(f"/packs/{pack.pk}/sharing/?name=ngozi ade").text
    assert "Ngozi Adeleke" in found
    assert "Okonjo-Lane" not in found

    client.post(f"/packs/{pack.pk}/sharing/", {"people": [colleague.pk]})
    assert pack.title in sign_in(colleague).get("/packs/").text

    client.post(f"/packs/{pack.pk}/sharing/{colleague.pk}/end/")
    assert sign_in(colleague).get(f"/packs/{pack.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE])
def test_a_pack_is_not_shared_with_roles_that_read_none(
    sign_in: Any, person: Any, owner: StaffMember, pack: Pack, role: Role
) -> None:
    other = person(role)
    client = sign_in(owner)

    assert str(other) not in client.get(f"/packs/{pack.pk}/sharing/?name={other.last_name}").text
    client.post(f"/packs/{pack.pk}/sharing/", {"people": [other.pk]})
    assert not pack.shared_with.exists()


def test_a_copy_is_ones_own(
    sign_in: Any, colleague: StaffMember, pack: Pack, three: list[int], finding: FindingPage
) -> None:
    services.add_page(pack=pack, page=finding)
    pack.shared_with.add(colleague)

    sign_in(colleague).post(f"/packs/{pack.pk}/copy/")

    copy = Pack.objects.get(owner=colleague)
    assert [slide.heading for slide in copy.slides.all()] == ["One", "Two", "Three", ""]
    assert pack.slides.count() == 4


def test_a_list_without_packs_says_how_to_begin(sign_in: Any, owner: StaffMember) -> None:
    assert "You have no pack yet" in sign_in(owner).get("/packs/").text


def test_the_pack_changed_last_stands_first(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    services.start_pack(owner=owner, title="A later pack")
    services.add_slide(pack=pack, kind=Slide.Kind.OWN)

    page = sign_in(owner).get("/packs/").text

    assert page.index(pack.title) < page.index("A later pack")
