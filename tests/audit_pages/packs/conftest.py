"""A pack of somebody's, pages made for one test, and what stands in a PowerPoint file."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pptx import Presentation
from wagtail.models import Page, PageViewRestriction

from audit_pages.models import FindingPage, Pack, Slide
from audit_pages.packs import services
from audit_pages.starter.loader import People, put_page
from learning.people.models import StaffMember
from learning.people.roles import Role


@pytest.fixture(autouse=True)
def _without_the_packs_of_the_borough(request: pytest.FixtureRequest) -> None:
    """These tests count packs from none; the borough's own stand in everybody else's."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        Pack.objects.all().delete()


@pytest.fixture
def owner(person: Callable[[Role], StaffMember]) -> StaffMember:
    return person(Role.FRONT_LINE)


@pytest.fixture
def colleague(db: None) -> StaffMember:
    """Another member of the front line, who owns nothing yet."""
    someone = StaffMember.objects.create_user(
        "colleague@harrowmere.example", "x", first_name="Ngozi", last_name="Adeleke"
    )
    someone.groups.add(Group.objects.get(name=Role.FRONT_LINE.label))
    return someone


@pytest.fixture
def pack(owner: StaffMember) -> Pack:
    return services.start_pack(owner=owner, title="A day of listening")


@pytest.fixture
def finding(db: None) -> FindingPage:
    return FindingPage.objects.live().order_by("path").first()


@pytest.fixture
def make_finding(person: Callable[[Role], StaffMember]) -> Callable[..., FindingPage]:
    """`make_finding(title="…", what_we_saw="<p>…</p>")`: published, as any finding is."""

    def _make(**fields: Any) -> FindingPage:
        parent = Page.objects.get(url_path="/home/findings/").specific
        defaults = {"quarter": "2026-Q3", "statement_kind": "development_area", "level": "service"}
        page = FindingPage(**{**defaults, **fields}, slug=f"made-{FindingPage.objects.count()}")
        people = People(
            writer=person(Role.EDITOR),
            approver=person(Role.LEAD_QA),
            checker=person(Role.QA_OFFICER),
        )
        return put_page(parent=parent, page=page, people=people)

    return _make


@pytest.fixture
def close_to_others() -> Callable[[Page, Role], None]:
    """Open this page to one role's group alone."""

    def _close(page: Page, role: Role) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(Group.objects.get(name=role.label))

    return _close


@pytest.fixture
def take_deck() -> Callable[[Client, Pack], Any]:
    """The presentation that this client downloads, past the page that names what is not shown."""

    def _take(client: Client, pack: Pack) -> Any:
        missing = ".".join(str(pk) for pk in pack.slides.values_list("pk", flat=True))
        response = client.get(f"/packs/{pack.pk}/powerpoint/?without={missing}")
        assert response.status_code == 200
        assert response["Content-Type"].endswith("presentationml.presentation")
        return Presentation(io.BytesIO(response.content))

    return _take


@pytest.fixture
def words_of() -> Callable[[Any], str]:
    """Everything that can be read in a presentation: slides, notes, descriptions."""
    return lambda presentation: "\n".join(words_of_slide(slide) for slide in presentation.slides)


def words_of_slide(slide: Any) -> str:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    found += [shape._element._nvXxPr.cNvPr.get("descr", "") for shape in slide.shapes]
    if slide.has_notes_slide:
        found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found)


@pytest.fixture
def titles_of() -> Callable[[Any], list[str]]:
    return lambda presentation: [
        slide.shapes.title.text_frame.text for slide in presentation.slides
    ]


@pytest.fixture
def slides_in_order() -> Callable[[Pack], list[int]]:
    """Ids of the slides that are in the pack, in their order."""

    def _ids(pack: Pack) -> list[int]:
        kept = Slide.objects.filter(pack=pack, removed_at=None)
        return list(kept.order_by("order").values_list("pk", flat=True))

    return _ids
