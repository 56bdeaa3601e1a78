"""From a page into a pack, and back."""

import re
from typing import Any

import pytest
from wagtail.models import Page

from audit_pages.models import (
    FindingPage,
    LetterPage,
    Pack,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
    Slide,
    ThemePage,
    TrainingModulePage,
)
from audit_pages.packs import services
from learning.people.models import StaffMember
from learning.people.roles import Role


@pytest.mark.parametrize(
    "model", [FindingPage, LetterPage, SevenMinuteBriefingPage, ThemePage, QuarterlyLearningPage]
)
def test_each_kind_of_learning_can_be_added(
    sign_in: Any, owner: StaffMember, pack: Pack, model: Any
) -> None:
    page = model.objects.live().first()

    response = sign_in(owner).post("/packs/add/", {"page": page.pk, "pack": pack.pk}, follow=True)

    assert pack.slides.get().page_id == page.pk
    assert response.request["PATH_INFO"] == page.get_url()
    assert f'Added to <a href="{pack.get_absolute_url()}">' in response.text.replace("'", '"')


def test_a_trend_can_be_added(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    sign_in(owner).post("/packs/add/", {"trend": "P04", "pack": pack.pk})

    slide = pack.slides.get()
    assert (slide.kind, slide.theme.code) == (Slide.Kind.TREND, "P04")


def test_the_first_item_begins_a_pack(
    sign_in: Any, owner: StaffMember, finding: FindingPage
) -> None:
    sign_in(owner).post("/packs/add/", {"page": finding.pk, "pack": "new"})

    assert Pack.objects.get(owner=owner).slides.get().page_id == finding.pk


def test_the_message_leads_to_the_way_back(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    client = sign_in(owner)
    page = client.post("/packs/add/", {"page": finding.pk, "pack": pack.pk}, follow=True).text
    undo = re.search(r"<a href=['\"]([^'\"]+)['\"]>Undo</a>", page)
    assert undo

    assert "Take it out" in client.get(undo[1]).text
    client.post(undo[1])

    assert not pack.slides.filter(removed_at=None).exists()


def test_an_item_is_added_once(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    client = sign_in(owner)
    for _ in range(2):
        response = client.post("/packs/add/", {"page": finding.pk, "pack": pack.pk}, follow=True)

    assert pack.slides.count() == 1
    assert "already in" in response.text


def test_guidance_and_training_do_not_go_into_packs(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    page = TrainingModulePage.objects.live().first()

    for chosen in (pack.pk, "new"):
        assert (
            sign_in(owner).post("/packs/add/", {"page": page.pk, "pack": chosen}).status_code == 404
        )
    assert not pack.slides.exists()
    assert list(Pack.objects.all()) == [pack]


def test_a_page_that_one_may_not_read_cannot_be_added(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage, close_to_others: Any
) -> None:
    close_to_others(finding, Role.LEAD_QA)

    assert (
        sign_in(owner).post("/packs/add/", {"page": finding.pk, "pack": pack.pk}).status_code == 404
    )
    assert not pack.slides.exists()


def test_nothing_goes_into_somebody_elses_pack(
    sign_in: Any, colleague: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    pack.shared_with.add(colleague)

    assert (
        sign_in(colleague).post("/packs/add/", {"page": finding.pk, "pack": pack.pk}).status_code
        == 404
    )
    assert not pack.slides.exists()


@pytest.mark.parametrize(
    "posted", [{}, {"page": "x"}, {"page": "999999"}, {"trend": "Z99"}, {"page": "1", "pack": "y"}]
)
def test_what_makes_no_sense_is_not_found(
    sign_in: Any, owner: StaffMember, posted: dict[str, str]
) -> None:
    assert sign_in(owner).post("/packs/add/", posted).status_code == 404
    assert not Pack.objects.exists()


def test_a_full_pack_says_so(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    for _ in range(services.MOST_SLIDES):
        services.add_slide(pack=pack, kind=Slide.Kind.OWN)

    response = sign_in(owner).post(
        "/packs/add/", {"page": finding.pk, "pack": pack.pk}, follow=True
    )

    assert "this one is full" in response.text
    assert pack.slides.count() == services.MOST_SLIDES


def test_the_button_offers_ones_own_packs(
    rf: Any, owner: StaffMember, colleague: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    from django.template import Context, Template

    services.start_pack(owner=colleague, title="Not mine")
    request = rf.get("/")
    request.user = owner
    drawn = Template("{% load packs %}{% add_to_pack page %}").render(
        Context({"request": request, "page": finding})
    )

    assert pack.title in drawn
    assert "Not mine" not in drawn


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.INFORMATION_GOVERNANCE])
def test_who_makes_no_packs_is_offered_none(
    rf: Any, person: Any, role: Role, finding: FindingPage
) -> None:
    from django.template import Context, Template

    request = rf.get("/")
    request.user = person(role)
    drawn = Template("{% load packs %}{% add_to_pack page %}{% add_trend_to_pack theme %}").render(
        Context({"request": request, "page": finding, "theme": finding.theme_list[0]})
    )

    assert drawn.strip() == ""


def test_the_button_is_for_learning_only(rf: Any, owner: StaffMember) -> None:
    from django.template import Context, Template

    request = rf.get("/")
    request.user = owner
    home = Page.objects.get(url_path="/home/").specific

    drawn = Template("{% load packs %}{% add_to_pack page %}").render(
        Context({"request": request, "page": home})
    )
    assert drawn.strip() == ""
