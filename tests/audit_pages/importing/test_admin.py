"""The “Imports” pages, as editors and lead managers use them."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit_pages.importing import views
from audit_pages.importing.models import ImportBatch
from audit_pages.importing.states import BatchState
from learning.exports import FICTIONAL
from learning.people.roles import Role
from tests.audit_pages.importing.conftest import (
    SOURCE,
    approve,
    batch_of,
    finding,
    make_person,
    page_of,
    pages_of,
)

pytestmark = pytest.mark.django_db

ROWS = b"Ref,Council,Type,Finding\n1,Exampleton,Strength,Children are heard.\n2,Exampleton,,\n"


def upload(client: Any, content: bytes = ROWS, **more: Any) -> Any:
    said = {
        "file": SimpleUploadedFile("findings.csv", content),
        "source": SOURCE,
        "attribution": "By the examiners",
        "licence": "ogl",
        **more,
    }
    return client.post(reverse("imports:upload"), said, follow=True)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_editor_loads_a_file_and_sees_what_it_brought(client_of: Any, editor: Any) -> None:
    response = upload(client_of(editor))

    shown = words(response)
    assert page_of("1").title == "Children are heard."
    assert '<th scope="row">New</th><td>1</td>' in shown
    assert "It has no text." in shown
    assert "You loaded this batch, so somebody else" in shown
    assert ImportBatch.objects.first().imported_by == editor


def test_a_lead_approves_after_being_asked(client_of: Any, editor: Any, lead: Any) -> None:
    batch = batch_at(upload(client_of(editor)))
    client = client_of(lead)
    assert "Approve and publish" in words(client.get(reverse("imports:batch", args=[batch.pk])))

    asked = client.get(reverse("imports:approve", args=[batch.pk]))
    assert "Your name stays with the approval" in words(asked)
    assert not page_of("1").live
    client.post(reverse("imports:approve", args=[batch.pk]))

    assert page_of("1").live
    assert "Withdraw all findings" in words(client.get(reverse("imports:batch", args=[batch.pk])))


def batch_at(response: Any) -> ImportBatch:
    return ImportBatch.objects.get(pk=response.resolver_match.kwargs["batch_id"])


def test_a_forged_approval_by_the_importer_is_refused(client_of: Any, lead: Any) -> None:
    client = client_of(lead)
    batch = batch_at(upload(client))

    response = client.post(reverse("imports:approve", args=[batch.pk]), follow=True)

    assert "You loaded this batch, so somebody else needs to approve it." in words(response)
    assert not page_of("1").live


def test_an_editor_cannot_forge_an_approval(
    client_of: Any, editor: Any, json_lines: Any, load: Any
) -> None:
    batch = load(json_lines(finding(1)), by=None)["batch"]

    client_of(editor).post(reverse("imports:approve", args=[batch]))
    client_of(editor).post(reverse("imports:withdraw", args=[batch]))

    assert not page_of("EX001").live
    assert ImportBatch.objects.get(pk=batch).state == "waiting"


def test_rejecting_and_withdrawing_ask_first(
    client_of: Any, lead: Any, json_lines: Any, load: Any
) -> None:
    client = client_of(lead)
    first = load(json_lines(finding(1)))["batch"]
    assert client.get(reverse("imports:reject", args=[first])).status_code == 200
    assert pages_of().exists()
    client.post(reverse("imports:reject", args=[first]), {"reason": "The wrong file"})
    assert not pages_of().exists()

    second = load(json_lines(finding(1)))["batch"]
    approve(second, lead)
    client.post(reverse("imports:withdraw", args=[second]), {"reason": ""})
    assert not page_of("EX001").live


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"a,b\n1,2\n", "names no column that holds the text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older Office format"),
        (b"text\n\xff\xfe\xfd\n", "not in UTF-8: line 2"),
    ],
)
def test_a_wrong_file_is_refused_on_the_form(
    client_of: Any, editor: Any, content: bytes, sentence: str
) -> None:
    before = ImportBatch.objects.count()

    response = upload(client_of(editor), content)

    assert sentence in words(response)
    assert ImportBatch.objects.count() == before


def test_a_large_wrong_file_says_so_on_its_own_page(
    client_of: Any, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit_pages.importing.forms.READ_AT_ONCE", 3)

    response = upload(client_of(editor), b"a,b\n1,2\n")

    assert "The file could not be read." in words(response)
    assert batch_at(response).state == BatchState.FAILED


def test_a_new_source_needs_its_terms_and_a_known_one_does_not(client_of: Any, editor: Any) -> None:
    client = client_of(editor)
    refused = words(upload(client, attribution="", licence=""))
    assert "This source is new: give its attribution." in refused
    assert "This source is new: give its licence." in refused

    upload(client)
    upload(client, b"ref,text\n9,Another.\n", attribution="", licence="")

    assert page_of("9").attribution == "By the examiners"


def test_columns_with_other_names(client_of: Any, editor: Any) -> None:
    client = client_of(editor)
    assert "is not field=column" in words(upload(client, columns="wibble"))

    upload(client, b"Nr,Wording\n4,Plans help.\n", columns="text=wording\nreference=Nr")

    assert page_of("4").title == "Plans help."


class NoWorker:
    """A task worker that is away."""

    @staticmethod
    def enqueue(batch_id: int) -> None:
        return None


def test_the_page_of_an_unfinished_load_shows_how_far_it_is(
    client_of: Any, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "go_on_with_batch", NoWorker)
    client = client_of(editor)
    batch = batch_at(upload(client))
    ImportBatch.objects.filter(pk=batch.pk).update(rows_total=1340, rows_done=200)

    response = client.get(reverse("imports:batch", args=[batch.pk]))

    shown = words(response)
    assert '<progress id="batch-progress" value="200" max="1340">200 of 1,340</progress>' in shown
    assert response["Refresh"] == "2"
    assert "Approve and publish" not in shown


def test_a_stopped_load_goes_on_from_its_page(
    client_of: Any, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(editor)
    with monkeypatch.context() as stopped:
        stopped.setattr(views, "go_on_with_batch", NoWorker)
        batch = batch_at(upload(client))
    ImportBatch.objects.filter(pk=batch.pk).update(touched_at="2020-01-01T00:00Z")
    assert "Go on</button>" in words(client.get(reverse("imports:batch", args=[batch.pk])))

    shown = words(client.post(reverse("imports:go_on", args=[batch.pk]), follow=True))

    assert "Waiting for approval" in shown
    assert page_of("1").title == "Children are heard."


def test_rejected_rows_as_csv_hold_no_formulas(
    client_of: Any, editor: Any, json_lines: Any, load: Any, lead: Any
) -> None:
    approve(load(json_lines(finding(1, id="=cmd|' /C calc'!A0")))["batch"], lead)
    page_of("=cmd|' /C calc'!A0").unpublish()
    batch = load(json_lines(finding(1, "Changed.", id="=cmd|' /C calc'!A0")), by=None)
    report = batch_of(load(json_lines(finding(2), finding(1, "Changed.", id="=cmd|' /C calc'!A0"))))
    assert batch["rejected"] == 1

    response = client_of(editor).get(reverse("imports:rejected", args=[report.pk]))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert f"by {editor} on " in rows[0][0]
    assert [FICTIONAL] in rows
    assert rows[-2] == ["Row", "Reference", "Reason"]
    assert rows[-1][1] == "'=cmd|' /C calc'!A0"
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EDITOR, Role.LEAD_QA)])
def test_strangers_get_nothing(client_of: Any, role: Role, json_lines: Any, load: Any) -> None:
    batch = load(json_lines(finding(1, "A sentence of the batch.")))["batch"]
    client = client_of(make_person("Stan", role))
    for name in ("batches", "upload", "themes"):
        _assert_refused(client.get(reverse(f"imports:{name}")))
    for name in ("batch", "rejected", "approve", "reject", "withdraw"):
        _assert_refused(client.get(reverse(f"imports:{name}", args=[batch])))
        _assert_refused(client.post(reverse(f"imports:{name}", args=[batch])))
    _assert_refused(client.post(reverse("imports:go_on", args=[batch])))
    assert ImportBatch.objects.get(pk=batch).state == "waiting"
    assert "Imports" not in client.get(reverse("wagtailadmin_home")).content.decode()


def _assert_refused(response: Any) -> None:
    assert response.status_code in (302, 403, 404)
    assert "A sentence of the batch" not in response.content.decode()


def test_awkward_words_are_escaped_here_too(
    client_of: Any, editor: Any, json_lines: Any, load: Any
) -> None:
    batch = load(json_lines(finding(1, "<script>alert(1)</script>"), finding(1, "<b>other</b>")))

    shown = client_of(editor).get(reverse("imports:batch", args=[batch["batch"]])).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_lists_ask_the_database_no_more_for_more_rows(
    client_of: Any, editor: Any, json_lines: Any, load: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(editor)
    few = load(json_lines(finding(1), "broken"))["batch"]
    with django_assert_max_num_queries(60) as for_few:
        client.get(reverse("imports:batch", args=[few]))
    many = load(json_lines(*[finding(n) for n in range(2, 30)], *["broken"] * 20))["batch"]
    with django_assert_max_num_queries(len(for_few)):
        client.get(reverse("imports:batch", args=[many]))
