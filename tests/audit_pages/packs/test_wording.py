"""A presenter's own words: kept as written, looked at beside them, and asked about before they go out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from audit_pages.models import FindingPage, Pack, Slide
from audit_pages.packs import services
from audit_pages.packs.review_day import start_review_day
from audit_pages.packs.wording import marked_in
from learning.access.models import AccessEvent
from learning.people.models import StaffMember
from learning.people.roles import Role

NHS_NUMBER = "943 476 5919"
NAMED = "Mrs Okonkwo rang the school twice."
WAYS_OUT = ("powerpoint", "print")


@pytest.fixture
def slide(pack: Pack) -> Slide:
    return services.add_slide(pack=pack, kind=Slide.Kind.OWN, heading="Ours")


def _write(client: Any, slide: Slide, **words: str) -> Any:
    path = f"/packs/{slide.pack_id}/slides/{slide.pk}/"
    return client.post(path, {"heading": "Ours", "text": "", "notes": "", **words}, follow=True)


def _hidden(page: str) -> dict[str, str]:
    """What the form that asks to read again carries along."""
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return {name: value for name, value in fields if name in {"words", "without"}}


def _exports() -> Iterator[Any]:
    return AccessEvent.objects.filter(action="exported").order_by("pk").iterator()


@pytest.mark.parametrize("field", ["heading", "text", "notes"])
def test_words_are_saved_and_what_to_look_at_is_said(
    sign_in: Any, owner: StaffMember, slide: Slide, field: str
) -> None:
    answer = _write(sign_in(owner), slide, **{field: NAMED})

    slide.refresh_from_db()
    assert getattr(slide, field) == NAMED
    assert answer.redirect_chain[-1][0] == f"/packs/{slide.pack_id}/slides/{slide.pk}/"
    assert "They are saved as you wrote them." in answer.text
    assert "“Mrs Okonkwo” (name of a person). Say who it is to the child" in answer.text


def test_words_by_which_nobody_is_known_lead_back_to_the_pack(
    sign_in: Any, owner: StaffMember, slide: Slide
) -> None:
    answer = _write(sign_in(owner), slide, text="Two families told us that mornings are hard.")

    assert answer.redirect_chain[-1][0].startswith(f"/packs/{slide.pack_id}/#")
    assert "known by these words" not in answer.text


@pytest.mark.parametrize("field", ["title", "presented_to"])
def test_the_first_slide_is_looked_at_too(
    sign_in: Any, owner: StaffMember, pack: Pack, field: str
) -> None:
    words = {"title": "Our day", "presented_to": "", "presenter": "", field: NAMED}
    answer = sign_in(owner).post(f"/packs/{pack.pk}/details/", words, follow=True)

    pack.refresh_from_db()
    assert getattr(pack, field) == NAMED
    assert "“Mrs Okonkwo” (name of a person)" in answer.text


def test_the_day_and_the_presenter_may_be_named(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    pack.title, pack.presenter = "Review day, 14 March 2027", str(owner)
    pack.save()

    client = sign_in(owner)
    assert "known by these words" not in client.get(f"/packs/{pack.pk}/details/").text
    assert "pack-print" in client.get(f"/packs/{pack.pk}/print/").text


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_has_to_go_keeps_the_pack_here(
    sign_in: Any, owner: StaffMember, slide: Slide, way: str
) -> None:
    client = sign_in(owner)
    _write(client, slide, notes=f"Her number is {NHS_NUMBER}.", text=NAMED)
    path = f"/packs/{slide.pack_id}/{way}/"

    page = client.get(path)

    assert "Some words have to go first" in page.text
    assert f'href="/packs/{slide.pack_id}/slides/{slide.pk}/"' in page.text
    assert "NHS number" in page.text
    assert 'name="read"' not in page.text
    forced = client.get(path, {"read": "on", "words": "", "without": str(slide.pk)})
    assert "Some words have to go first" in forced.text
    assert not list(_exports())

    _write(client, slide)
    assert client.get(path).status_code == 200
    assert len(list(_exports())) == 1


@pytest.mark.parametrize("way", WAYS_OUT)
def test_words_that_may_be_right_need_a_tick(
    sign_in: Any, owner: StaffMember, slide: Slide, way: str
) -> None:
    client = sign_in(owner)
    _write(client, slide, text=NAMED)
    path = f"/packs/{slide.pack_id}/{way}/"

    page = client.get(path)
    assert "Read these words again" in page.text
    assert "Mrs Okonkwo" in page.text
    hidden = _hidden(page.text)
    assert "Okonkwo" not in str(hidden)

    unticked = client.get(path, hidden)
    assert unticked.status_code == 422
    assert "tick the box if they may go out" in unticked.text
    assert not list(_exports())

    client.get(path, {**hidden, "read": "on"})
    assert len(list(_exports())) == 1


def test_a_tick_is_for_the_words_that_were_read(
    sign_in: Any, owner: StaffMember, slide: Slide
) -> None:
    client = sign_in(owner)
    _write(client, slide, text=NAMED)
    path = f"/packs/{slide.pack_id}/print/"
    ticked = {**_hidden(client.get(path).text), "read": "on"}

    _write(client, slide, text="Mrs Adeyemi rang the school twice.")

    page = client.get(path, ticked)
    assert "Read these words again" in page.text
    assert "Mrs Adeyemi" in page.text
    assert not list(_exports())


def test_what_is_gone_and_what_to_read_again_are_asked_in_one_step(
    sign_in: Any, owner: StaffMember, slide: Slide, make_finding: Any
) -> None:
    finding = make_finding(title="Plans come late", summary="Plans reach families late.")
    services.add_page(pack=slide.pack, page=finding)
    finding.unpublish()
    client = sign_in(owner)
    _write(client, slide, text=NAMED)
    path = f"/packs/{slide.pack_id}/powerpoint/"

    page = client.get(path).text
    assert "has been withdrawn" in page
    file = client.get(path, {**_hidden(page), "read": "on"})

    assert file["Content-Type"].endswith("presentationml.presentation")


def test_words_about_a_withdrawn_page_are_not_told_again(
    sign_in: Any, owner: StaffMember, pack: Pack, make_finding: Any
) -> None:
    finding: FindingPage = make_finding(title="Plans come late", summary="Late plans.")
    slide, _ = services.add_page(pack=pack, page=finding)
    Slide.objects.filter(pk=slide.pk).update(notes=f"{NAMED} {NHS_NUMBER}")
    finding.unpublish()

    page = sign_in(owner).get(f"/packs/{pack.pk}/powerpoint/").text

    assert "Okonkwo" not in page
    assert "have to go" not in page


def test_a_colleague_is_told_without_the_words_and_cannot_go_on(
    sign_in: Any, owner: StaffMember, colleague: StaffMember, slide: Slide
) -> None:
    Slide.objects.filter(pk=slide.pk).update(text=f"Her number is {NHS_NUMBER}.")
    slide.pack.shared_with.add(colleague)

    for way in WAYS_OUT:
        page = sign_in(colleague).get(f"/packs/{slide.pack_id}/{way}/").text
        assert "Ask the colleague whose pack this is to change them." in page
        assert NHS_NUMBER not in page
        assert f"/slides/{slide.pk}/" not in page
    assert not list(_exports())


def test_the_template_of_a_review_day_gives_nobody_away(owner: StaffMember) -> None:
    from audit_pages.packs.selectors import steps_of

    pack = start_review_day(owner=owner, title="Our day", quarter="2026-Q3")

    assert marked_in(pack, steps_of(pack, owner)) == []


def test_a_stranger_learns_nothing_of_the_words(
    sign_in: Any, person: Any, owner: StaffMember, slide: Slide
) -> None:
    Slide.objects.filter(pk=slide.pk).update(text=NAMED)

    for way in WAYS_OUT:
        assert sign_in(Role.LEAD_QA).get(f"/packs/{slide.pack_id}/{way}/").status_code == 404
