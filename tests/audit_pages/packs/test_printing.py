"""The printable page: one block a slide, with notes, and the same checks as the file."""

from typing import Any

from audit_pages import panels
from audit_pages.models import FindingPage, Pack, Slide
from audit_pages.packs import services
from audit_pages.panels import TrendTable
from learning.people.models import StaffMember
from learning.vocabulary.models import Theme


def test_each_slide_is_a_block_with_its_notes_and_source(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    slide, _ = services.add_page(pack=pack, page=finding)
    Slide.objects.filter(pk=slide.pk).update(notes="Wait here.\n\nThen go on.")
    services.add_slide(
        pack=pack, kind=Slide.Kind.OWN, heading="Ours", text="1. first\n2. second\n\n- a\n- b"
    )
    services.add_slide(pack=pack, kind=Slide.Kind.READ_MORE)

    page = sign_in(owner).get(f"/packs/{pack.pk}/print/").text

    assert page.count('class="pack-sheet"') == 3
    assert "<p>Wait here.</p>" in page
    assert f"Source: Finding “{finding.title}”" in page
    assert "<li>first</li><li>second</li>" in "".join(line.strip() for line in page.split("\n"))
    assert page.count(f'href="{finding.get_url()}"') == 1


def test_every_part_of_the_page_is_printed(
    sign_in: Any, owner: StaffMember, pack: Pack, finding: FindingPage
) -> None:
    services.add_page(pack=pack, page=finding)

    page = sign_in(owner).get(f"/packs/{pack.pk}/print/").text

    assert all(f"<h3>{part.heading}</h3>" in page for part in finding.parts())


def test_two_trends_have_figures_of_their_own(
    sign_in: Any, owner: StaffMember, pack: Pack, monkeypatch: Any
) -> None:
    table = TrendTable(["2025-Q1"], {"Strength": [2], "Area for development": [1]}, [7])
    monkeypatch.setattr(panels, "_trend", lambda code, user: table)
    for code in ("P04", "P07"):
        services.add_trend(pack=pack, theme=Theme.objects.get(code=code))

    page = sign_in(owner).get(f"/packs/{pack.pk}/print/").text

    assert page.count("<figure") == 2
    assert all(f'id="trend-{slide.pk}"' in page for slide in pack.slides.all())


def test_a_page_that_says_fictional_in_the_demo_only(
    sign_in: Any, owner: StaffMember, pack: Pack, settings: Any
) -> None:
    services.add_slide(pack=pack, kind=Slide.Kind.OWN)
    client = sign_in(owner)

    settings.PORTAL_IS_DEMO = True
    assert (
        client.get(f"/packs/{pack.pk}/print/").text.count(
            "everyone and everything here is invented"
        )
        == 2
    )
    settings.PORTAL_IS_DEMO = False
    assert "invented" not in client.get(f"/packs/{pack.pk}/print/").text
