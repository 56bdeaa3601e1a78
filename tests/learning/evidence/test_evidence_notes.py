"""Evidence notes: read by the QA office and whom it lets in, and in no other way out of the house."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision

from audit_pages.models import FindingPage
from audit_pages.publishing.records import record_of
from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.evidence.services import expire_grants, grant_evidence_note, revoke_evidence_note
from learning.models import EvidenceNote, EvidenceNoteGrant
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db

CANARY = "kestrelquarry"
REFERENCE_CANARY = "2026-Q1-CP-77-ospreylantern"
VIEWS = ("index", "create", "edit", "delete", "inspect", "history")
OFFICE = {Role.LEAD_QA, Role.QA_OFFICER}


@pytest.fixture
def note(person: Callable[[Role], StaffMember]) -> EvidenceNote:
    return EvidenceNote.objects.create(
        page=FindingPage.objects.live().order_by("pk").first(),
        audit_references=REFERENCE_CANARY,
        note=f"It rests on {CANARY}.",
        written_by=person(Role.LEAD_QA),
    )


@pytest.fixture
def superuser() -> StaffMember:
    return StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )


@pytest.fixture
def let_in(note: EvidenceNote, person: Callable[[Role], StaffMember]) -> Callable[..., Any]:
    """`let_in(somebody)`: the QA officer lets them read the note."""

    def _let_in(reader: StaffMember, expires_at: Any = None) -> EvidenceNoteGrant:
        return grant_evidence_note(
            note=note,
            person=reader,
            reason="Presents the finding",
            expires_at=expires_at,
            granted_by=person(Role.QA_OFFICER),
        )

    return _let_in


def desk_url(view: str, note: EvidenceNote) -> str:
    name = f"evidence-notes_modeladmin_{view}"
    return reverse(name) if view in ("index", "create") else reverse(name, args=[note.pk])


def is_shown(client: Client, url: str) -> bool:
    """Whether the answer is the page itself; and never the note's words when it is not."""
    answer = client.get(url)
    shown = answer.status_code == 200
    if not shown:
        assert CANARY.encode() not in answer.content
    return shown


def logged(note: EvidenceNote, who: StaffMember) -> list[str]:
    """What the access log says that this person did with the note, in order."""
    rows = AccessEvent.objects.filter(object_id=str(note.pk), user_id=who.pk).order_by("id")
    return list(rows.filter(object_type="learning.evidencenote").values_list("action", flat=True))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_other_roles_are_refused_each_page_of_the_register(
    role: Role, view: str, note: EvidenceNote, sign_in: Callable[..., Client]
) -> None:
    assert not is_shown(sign_in(role), desk_url(view, note))


@pytest.mark.parametrize("view", VIEWS)
def test_a_superuser_without_a_role_is_refused_too(
    view: str, note: EvidenceNote, superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(superuser)
    assert not is_shown(client, desk_url(view, note))
    assert not is_shown(client, reverse("evidence:note", args=[note.pk]))
    assert not EvidenceNote.objects.visible_to(superuser).exists()


@pytest.mark.parametrize("role", sorted(OFFICE))
def test_the_qa_office_reads_and_writes_but_deletes_nothing(
    role: Role, note: EvidenceNote, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    for view in ("index", "create", "edit", "inspect", "history"):
        assert is_shown(client, desk_url(view, note)), view
    client.post(desk_url("delete", note))
    assert EvidenceNote.objects.filter(pk=note.pk).exists()


def test_a_person_let_in_reads_on_the_portal_and_does_not_share(
    note: EvidenceNote, let_in: Any, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(stranger)
    assert not is_shown(client, reverse("evidence:note", args=[note.pk]))
    grant = let_in(stranger)
    assert CANARY in client.get(reverse("evidence:note", args=[note.pk])).text
    assert client.post(reverse("evidence:share", args=[note.pk])).status_code == 404
    assert client.post(reverse("evidence:unshare", args=[note.pk, grant.pk])).status_code == 404
    assert EvidenceNoteGrant.objects.filter(pk=grant.pk).exists()


def test_a_person_let_in_who_has_the_desk_inspects_and_does_not_edit(
    note: EvidenceNote,
    let_in: Any,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    let_in(person(Role.EDITOR))
    client = sign_in(Role.EDITOR)
    assert is_shown(client, desk_url("inspect", note))
    assert is_shown(client, desk_url("history", note))
    assert not is_shown(client, desk_url("edit", note))
    assert not is_shown(client, desk_url("create", note))
    client.post(desk_url("edit", note), {"page": note.page_id, "audit_references": "forged"})
    note.refresh_from_db()
    assert note.audit_references == REFERENCE_CANARY


def test_being_let_into_one_note_opens_no_other(
    note: EvidenceNote,
    let_in: Any,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    let_in(person(Role.EDITOR))
    other = EvidenceNote.objects.create(
        page=FindingPage.objects.live().order_by("pk").last(),
        audit_references="x",
        note=CANARY,
        written_by=person(Role.LEAD_QA),
    )
    client = sign_in(Role.EDITOR)
    assert not is_shown(client, desk_url("inspect", other))
    assert not is_shown(client, desk_url("history", other))
    assert not is_shown(client, reverse("evidence:note", args=[other.pk]))
    assert str(other) not in client.get(desk_url("index", note)).text


def test_a_grant_that_has_run_out_opens_nothing_even_before_the_timer(
    note: EvidenceNote, let_in: Any, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    grant = let_in(stranger, timezone.now() + timedelta(hours=1))
    client, url = sign_in(stranger), reverse("evidence:note", args=[note.pk])
    assert is_shown(client, url)
    EvidenceNoteGrant.objects.filter(pk=grant.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert not is_shown(client, url)
    assert expire_grants() == 1
    assert expire_grants() == 0
    assert not EvidenceNoteGrant.objects.exists()


def test_taking_a_grant_away_closes_the_note_at_once(
    note: EvidenceNote,
    let_in: Any,
    stranger: StaffMember,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    grant, client = let_in(stranger), sign_in(stranger)
    office = sign_in(Role.LEAD_QA)
    assert office.post(reverse("evidence:unshare", args=[note.pk, grant.pk])).status_code == 302
    assert not is_shown(client, reverse("evidence:note", args=[note.pk]))
    assert logged(note, person(Role.LEAD_QA)) == ["viewed", "revoked"]


def test_only_the_qa_office_can_grant_or_take_away_by_the_service(
    note: EvidenceNote, let_in: Any, stranger: StaffMember, superuser: StaffMember
) -> None:
    grant = let_in(stranger)
    for forger in (stranger, superuser):
        with pytest.raises(PermissionDenied):
            grant_evidence_note(
                note=note, person=forger, reason="x", expires_at=None, granted_by=forger
            )
        with pytest.raises(PermissionDenied):
            revoke_evidence_note(grant=grant, revoked_by=forger)


def test_an_end_in_the_past_is_not_accepted(
    note: EvidenceNote, stranger: StaffMember, sign_in: Callable[..., Client]
) -> None:
    form = {"user": stranger.pk, "reason": "x", "expires_at": "2020-01-01T10:00"}
    answer = sign_in(Role.LEAD_QA).post(reverse("evidence:share", args=[note.pk]), form)
    assert answer.status_code == 422
    assert not EvidenceNoteGrant.objects.exists()


def test_every_look_and_every_refusal_is_in_the_access_log(
    note: EvidenceNote,
    stranger: StaffMember,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    office = sign_in(Role.LEAD_QA)
    for view in ("inspect", "edit", "history"):
        office.get(desk_url(view, note))
    office.get(reverse("evidence:note", args=[note.pk]))
    assert logged(note, person(Role.LEAD_QA)) == ["viewed"] * 4
    editor = sign_in(Role.EDITOR)
    for view in ("inspect", "edit", "history"):
        editor.get(desk_url(view, note))
    assert logged(note, person(Role.EDITOR)) == ["refused"] * 3
    sign_in(stranger).get(reverse("evidence:note", args=[note.pk]))
    assert logged(note, stranger) == ["refused"]


def test_writing_a_note_leaves_its_words_nowhere_else(
    person: Callable[[Role], StaffMember],
    stranger: StaffMember,
    sign_in: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Through the screens, with everything said aloud: write, change, show, grant, refuse, end."""
    page = FindingPage.objects.live().order_by("pk").first()
    office = sign_in(Role.QA_OFFICER)
    form = {"page": page.pk, "audit_references": REFERENCE_CANARY, "note": f"About {CANARY}"}
    with caplog.at_level(logging.DEBUG):
        assert office.post(reverse("evidence-notes_modeladmin_create"), form).status_code == 302
        note = EvidenceNote.objects.get()
        office.post(desk_url("edit", note), {**form, "note": f"About {CANARY}, and more"})
        office.post(desk_url("edit", note), {**form, "page": ""})
        share = {"user": stranger.pk, "reason": "Presents it", "expires_at": ""}
        office.post(reverse("evidence:share", args=[note.pk]), share)
        sign_in(stranger).get(reverse("evidence:note", args=[note.pk]))
        sign_in(Role.EDITOR).get(reverse("evidence:note", args=[note.pk]))
        page.save_revision(user=person(Role.EDITOR))
    assert note.written_by == person(Role.QA_OFFICER)
    assert logged(note, person(Role.QA_OFFICER))[0] == "changed"
    said = [
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    ]
    for canary in (CANARY, REFERENCE_CANARY):
        assert not any(canary in words for words in said), "a log holds the note's words"
        for words in stored_elsewhere():
            assert canary not in words
        assert not any(canary in message.body for message in mail.outbox)


def stored_elsewhere() -> list[str]:
    """What the traces of Wagtail and of our own logs hold, as text."""
    traces = [
        PageLogEntry.objects.values_list("label", "data"),
        ModelLogEntry.objects.values_list("label", "data"),
        ReferenceIndex.objects.values_list("model_path", "content_path"),
        Revision.objects.values_list("object_str", "content"),
        Event.objects.values_list("object_id", "reason"),
        AccessEvent.objects.values_list("object_id", "object_type"),
    ]
    return [str(row) for rows in traces for row in rows]


@pytest.mark.parametrize("role", [Role.LEAD_QA, Role.EDITOR, Role.INFORMATION_GOVERNANCE])
def test_the_search_of_the_desk_does_not_know_it(
    role: Role, note: EvidenceNote, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(role)
    for address in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search"):
        answer = client.get(reverse(address), {"q": CANARY})
        assert answer.status_code == 200
        assert str(note.page.title) not in answer.text


def test_it_is_no_part_of_its_finding(note: EvidenceNote, sign_in: Callable[..., Client]) -> None:
    page = Page.objects.get(pk=note.page_id).specific
    assert CANARY not in repr(record_of(page.pk))
    for role in (Role.FRONT_LINE, Role.LEAD_QA):
        answer = sign_in(role).get(page.get_url())
        assert answer.status_code == 200
        assert CANARY not in answer.text
        assert REFERENCE_CANARY not in answer.text


def test_its_page_is_not_deleted_from_under_it(
    note: EvidenceNote, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.LEAD_QA)
    in_bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for url in (
        reverse("wagtailadmin_pages:delete", args=[note.page_id]),
        f"{in_bulk}?id={note.page_id}",
    ):
        answer = client.post(url, follow=True)
        assert "is kept because other records rest on it" in answer.text
    assert Page.objects.filter(pk=note.page_id).exists()
    without = FindingPage.objects.live().exclude(pk=note.page_id).first()
    client.post(reverse("wagtailadmin_pages:delete", args=[without.pk]))
    assert not Page.objects.filter(pk=without.pk).exists()
