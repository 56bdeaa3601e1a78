"""Pictures and documents: shown to those who may read a live page that uses them, and to nobody else."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from audit_pages.media.models import without_metadata
from audit_pages.models import GuidancePage, PortalImage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> PortalImage:
    cache.clear()
    return PortalImage.objects.create(title="A door", file=get_test_image_file())


@pytest.fixture
def document() -> Document:
    return Document.objects.create(title="A form", file=ContentFile(b"a form", name="form.txt"))


@pytest.fixture
def guidance() -> GuidancePage:
    return GuidancePage.objects.live().order_by("pk").first()


@pytest.fixture
def write(
    image: PortalImage,
    document: Document,
    guidance: GuidancePage,
    person: Callable[[Role], StaffMember],
) -> Callable[[], None]:
    """`write()`: a draft of the page that uses both files."""

    def _write() -> None:
        link = f'<p><a linktype="document" id="{document.pk}">The form</a></p>'
        guidance.body = [
            ("section", {"heading": "Form", "text": link}),
            ("picture", {"heading": "Door", "image": image, "alternative_text": "A door"}),
        ]
        guidance.save_revision(user=person(Role.EDITOR))

    return _write


@pytest.fixture
def used(write: Any, guidance: GuidancePage, person: Callable[[Role], StaffMember]) -> GuidancePage:
    """The page, live, with both files on it."""
    write()
    approve_and_publish(
        page=guidance, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )
    return guidance


@pytest.fixture
def is_refused(image: PortalImage, document: Document) -> Callable[[Client], bool]:
    """Whether all the files' addresses are refused; fails when only some of them are."""
    addresses = [
        image.file.url,
        image.get_rendition("width-100").url,
        image.get_rendition("original").url,
        document.url,
    ]

    def _is_refused(client: Client) -> bool:
        answers = {client.get(address).status_code for address in addresses}
        assert answers in ({404}, {200}), answers
        return answers == {404}

    return _is_refused


def test_whoever_reads_the_page_sees_its_files(
    used: GuidancePage, is_refused: Any, sign_in: Callable[..., Client], stranger: StaffMember
) -> None:
    for role in Role:
        assert is_refused(sign_in(role)) == (role == Role.IT_SUPPORT), role
    assert is_refused(sign_in(stranger))


def test_nobody_sees_them_without_signing_in(
    used: GuidancePage, image: PortalImage, document: Document, client: Client
) -> None:
    for address in (image.file.url, image.get_rendition("width-100").url, document.url):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_files_that_no_page_uses_are_seen_by_those_who_keep_them(
    is_refused: Any, sign_in: Callable[..., Client]
) -> None:
    for role in Role:
        assert is_refused(sign_in(role)) == (role not in (Role.EDITOR, Role.LEAD_QA)), role


def test_a_draft_that_uses_them_does_not_open_them(
    write: Any, is_refused: Any, sign_in: Callable[..., Client]
) -> None:
    write()
    assert is_refused(sign_in(Role.FRONT_LINE))


def test_withdrawing_the_page_closes_its_files(
    used: GuidancePage, is_refused: Any, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.FRONT_LINE)
    assert not is_refused(client)
    used.unpublish()
    assert is_refused(client)


def test_expiry_closes_them(
    used: GuidancePage, is_refused: Any, sign_in: Callable[..., Client]
) -> None:
    Page.objects.filter(pk=used.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert is_refused(sign_in(Role.FRONT_LINE))


@pytest.mark.parametrize("above", [False, True])
def test_privacy_of_the_page_or_above_it_holds_for_its_files(
    above: bool, used: GuidancePage, is_refused: Any, sign_in: Callable[..., Client]
) -> None:
    restriction = PageViewRestriction.objects.create(
        page=used.get_parent() if above else used, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=Role.SENIOR_MANAGER.label))
    assert is_refused(sign_in(Role.FRONT_LINE))
    assert not is_refused(sign_in(Role.SENIOR_MANAGER))


def test_a_second_page_that_the_reader_may_read_opens_them(
    used: GuidancePage,
    image: PortalImage,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    PageViewRestriction.objects.create(page=used, restriction_type=PageViewRestriction.GROUPS)
    client = sign_in(Role.FRONT_LINE)
    assert client.get(image.file.url).status_code == 404
    second = GuidancePage.objects.live().order_by("pk").last()
    second.body = [("picture", {"heading": "Door", "image": image, "alternative_text": "A door"})]
    second.save_revision(user=person(Role.EDITOR))
    approve_and_publish(
        page=second, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )
    assert client.get(image.file.url).status_code == 200


def test_a_document_has_no_second_address(
    used: GuidancePage, document: Document, sign_in: Callable[..., Client]
) -> None:
    assert sign_in(Role.LEAD_QA).get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("path", ["../db.sqlite3", "%2e%2e/secret", "original_images/", "x.png"])
def test_the_files_view_knows_only_pictures(path: str, sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.LEAD_QA).get(f"/media/{path}").status_code == 404


# --- What a picture carries -------------------------------------------------------------------

WHERE = "51.5007 N, 0.1246 W"


def photograph(form: str = "JPEG") -> bytes:
    """A picture with camera data: a maker, a description and a turn."""
    picture = PillowImage.new("RGB", (60, 40), "white")
    exif = PillowImage.Exif()
    exif[0x010F], exif[0x010E], exif[0x0112] = "PhoneMaker", WHERE, 6
    out = io.BytesIO()
    picture.save(out, format=form, exif=exif, comment=b"taken at home")
    return out.getvalue()


@pytest.mark.parametrize("title", ["A door", "jaydens-front-door", "jaydens-front-door.jpg"])
def test_an_upload_through_the_desk_loses_its_camera_data_and_its_name(
    title: str, sign_in: Callable[..., Client]
) -> None:
    upload = io.BytesIO(photograph())
    upload.name = "jaydens-front-door.jpg"
    form = {"title": title, "file": upload, "collection": 1}
    assert sign_in(Role.EDITOR).post(reverse("wagtailimages:add"), form).status_code == 302
    image = PortalImage.objects.get()
    assert (
        "jayden" not in f"{image.file.name}{image.title}{image.get_rendition('width-20').file.name}"
    )
    assert image.title == ("A door" if title == "A door" else "Picture without a title")
    stored = image.file.storage.open(image.file.name).read()
    assert b"PhoneMaker" not in stored
    assert WHERE.encode() not in stored
    assert b"taken at home" not in stored
    picture = PillowImage.open(io.BytesIO(stored))
    assert not dict(picture.getexif())
    assert picture.size == (40, 60), "it was turned upright before the turn was forgotten"


def test_many_uploaded_at_once_lose_them_too(sign_in: Callable[..., Client]) -> None:
    upload = io.BytesIO(photograph())
    upload.name = "jaydens-front-door.jpg"
    form = {"title": "jaydens-front-door", "files[]": upload, "collection": 1}
    answer = sign_in(Role.EDITOR).post(reverse("wagtailimages:add_multiple"), form)
    assert answer.json()["success"], answer.json()
    image = PortalImage.objects.get()
    assert "jayden" not in f"{image.file.name}{image.title}"
    assert b"PhoneMaker" not in image.file.read()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "MPO"])
def test_each_kind_of_picture_is_cleaned_and_stays_a_picture(form: str) -> None:
    clean = without_metadata(photograph(form))
    assert b"PhoneMaker" not in clean
    assert PillowImage.open(io.BytesIO(clean)).size == (40, 60)


def test_see_through_stays_see_through() -> None:
    picture = PillowImage.new("P", (10, 10), 0)
    out = io.BytesIO()
    picture.save(out, format="PNG", transparency=0)
    clean = PillowImage.open(io.BytesIO(without_metadata(out.getvalue())))
    assert clean.convert("RGBA").getpixel((5, 5))[3] == 0
