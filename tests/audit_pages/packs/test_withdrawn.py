"""What is withdrawn, or not this reader's, never shows: not its words, its title, nor what was said of it."""

from typing import Any

import pytest

from audit_pages.models import FindingPage, Pack, Slide
from audit_pages.packs import services
from learning.people.models import StaffMember
from learning.people.roles import Role

CANARY = "Zanzibarine"


@pytest.fixture
def secret(pack: Pack, make_finding: Any) -> FindingPage:
    """A finding whose every word is easy to find, with the presenter's own words about it."""
    page = make_finding(
        title=f"{CANARY} title", summary=f"{CANARY} summary", what_we_saw=f"<p>{CANARY} text</p>"
    )
    slide, _ = services.add_page(pack=pack, page=page)
    words = {name: f"{CANARY} in my {name}" for name in ("heading", "text", "notes")}
    Slide.objects.filter(pk=slide.pk).update(**words)
    services.add_slide(
        pack=pack, kind=Slide.Kind.FAMILIES_TOLD_US, page=page, chosen_parts=["what-we-saw"]
    )
    services.add_slide(pack=pack, kind=Slide.Kind.READ_MORE)
    return page


def _places(pack: Pack) -> list[str]:
    return [f"/packs/{pack.pk}/", f"/packs/{pack.pk}/print/", f"/packs/{pack.pk}/powerpoint/"]


def test_the_canary_shows_while_it_is_published(
    sign_in: Any, owner: StaffMember, pack: Pack, secret: FindingPage, take_deck: Any, words_of: Any
) -> None:
    client = sign_in(owner)

    assert all(CANARY in client.get(path).text for path in _places(pack)[:2])
    words = words_of(take_deck(client, pack))
    assert all(f"{CANARY} {name}" in words for name in ("title", "summary", "text", "in my notes"))


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_a_withdrawn_page_shows_nowhere(
    sign_in: Any,
    owner: StaffMember,
    pack: Pack,
    secret: FindingPage,
    take_deck: Any,
    how: str,
    words_of: Any,
    titles_of: Any,
) -> None:
    getattr(secret, how)()
    client = sign_in(owner)

    for path in _places(pack):
        shown = client.get(path)
        assert shown.status_code == 200
        assert CANARY not in shown.text
        assert "has been withdrawn" in shown.text
    deck = take_deck(client, pack)
    assert CANARY not in words_of(deck)
    assert sum("has been withdrawn" in title for title in titles_of(deck)) == 2


def test_the_download_names_what_is_gone_and_goes_on(
    sign_in: Any, owner: StaffMember, pack: Pack, secret: FindingPage
) -> None:
    secret.unpublish()
    client = sign_in(owner)
    first = client.get(f"/packs/{pack.pk}/powerpoint/")
    assert "Before you take the pack along" in first.text
    assert "Slide 1" in first.text

    ids = [slide.pk for slide in pack.slides.filter(rests_on_page=True)]
    assert f"?without={ids[0]}.{ids[1]}" in first.text
    second = client.get(f"/packs/{pack.pk}/powerpoint/?without={ids[0]}.{ids[1]}")
    assert second["Content-Disposition"].startswith("attachment")


def test_what_goes_meanwhile_is_named_anew(
    sign_in: Any, owner: StaffMember, pack: Pack, secret: FindingPage, finding: FindingPage
) -> None:
    services.add_page(pack=pack, page=finding)
    secret.unpublish()
    known = ".".join(str(slide.pk) for slide in pack.slides.filter(page_id=secret.pk))
    finding.unpublish()

    answer = sign_in(owner).get(f"/packs/{pack.pk}/powerpoint/?without={known}")
    assert "Before you take the pack along" in answer.text


def test_a_colleague_does_not_read_a_private_page_by_way_of_a_pack(
    sign_in: Any,
    person: Any,
    colleague: StaffMember,
    secret: FindingPage,
    pack: Pack,
    close_to_others: Any,
    take_deck: Any,
    words_of: Any,
) -> None:
    close_to_others(secret, Role.QA_OFFICER)
    pack.owner = person(Role.QA_OFFICER)
    pack.save()
    pack.shared_with.add(colleague)
    client = sign_in(colleague)

    for path in _places(pack):
        shown = client.get(path).text
        assert CANARY not in shown
        assert "not available to you" in shown
    assert CANARY not in words_of(take_deck(client, pack))
    own = words_of(take_deck(sign_in(Role.QA_OFFICER), pack))
    assert f"{CANARY} text" in own
    assert "for some colleagues only" in own


def test_a_copy_leaves_behind_what_one_may_not_read(
    sign_in: Any,
    person: Any,
    colleague: StaffMember,
    secret: FindingPage,
    pack: Pack,
    close_to_others: Any,
) -> None:
    close_to_others(secret, Role.QA_OFFICER)
    pack.owner = person(Role.QA_OFFICER)
    pack.save()
    pack.shared_with.add(colleague)

    sign_in(colleague).post(f"/packs/{pack.pk}/copy/")

    copy = Pack.objects.get(owner=colleague)
    assert [slide.kind for slide in copy.slides.all()] == [Slide.Kind.READ_MORE]


def test_a_draft_is_not_shown_before_it_is_approved(
    sign_in: Any,
    person: Any,
    owner: StaffMember,
    pack: Pack,
    finding: FindingPage,
    take_deck: Any,
    words_of: Any,
) -> None:
    services.add_page(pack=pack, page=finding)
    finding.what_we_saw = f"<p>{CANARY}</p>"
    finding.save_revision(user=person(Role.EDITOR))

    assert CANARY not in words_of(take_deck(sign_in(owner), pack))


def test_the_owners_own_words_can_still_be_taken_out(
    sign_in: Any, owner: StaffMember, pack: Pack, secret: FindingPage
) -> None:
    secret.unpublish()
    slide = pack.slides.first()
    client = sign_in(owner)

    page = client.get(f"/packs/{pack.pk}/slides/{slide.pk}/").text
    assert f"{CANARY} in my notes" in page
    assert f"{CANARY} title" not in page
    client.post(f"/packs/{pack.pk}/slides/{slide.pk}/remove/")
    assert slide.pk not in pack.slides.filter(removed_at=None).values_list("pk", flat=True)
