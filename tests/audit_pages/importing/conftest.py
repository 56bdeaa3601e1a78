"""People who load and approve, small files of our own, and the two commands as an operator runs them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from audit_pages.importing.models import ImportBatch
from audit_pages.pages.findings import ImportedFindingPage
from learning.people.models import StaffMember
from learning.people.roles import Role

SOURCE = "Inspectorate of Examples"


def make_person(name: str, *roles: Role) -> StaffMember:
    person = StaffMember.objects.create_user(
        f"{name}.importing@harrowmere.example", "x", first_name=name, last_name="Importing"
    )
    person.groups.set(Group.objects.filter(name__in=[role.label for role in roles]))
    return person


@pytest.fixture
def editor(db: None) -> StaffMember:
    return make_person("Edith", Role.EDITOR)


@pytest.fixture
def lead(db: None) -> StaffMember:
    return make_person("Lena", Role.LEAD_QA)


@pytest.fixture
def other_lead(db: None) -> StaffMember:
    return make_person("Otis", Role.LEAD_QA)


@pytest.fixture
def client_of() -> Callable[[StaffMember], Client]:
    """`client_of(person)`: a client signed in as them."""

    def _client_of(person: StaffMember) -> Client:
        client = Client()
        client.force_login(person, backend="learning.people.accounts.StaffBackend")
        return client

    return _client_of


def finding(number: int, text: str = "", **more: Any) -> dict[str, Any]:
    """One row of a file, with a text of its own."""
    return {
        "id": f"EX{number:03}",
        "council": "exampleton-on-sea",
        "published": "2021-05-04",
        "section": "What needs to improve",
        "kind": "improvement",
        "text": text or f"Supervision number {number} does not help children's plans to move on.",
        **more,
    }


@pytest.fixture
def json_lines(tmp_path: Path) -> Callable[..., Path]:
    """`json_lines(row, row, …)`: a file of JSON lines with these rows."""

    def _json_lines(*rows: Any, name: str = "findings.jsonl") -> Path:
        path = tmp_path / name
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return _json_lines


def load_file(path: Path, *flags: str, source: str = SOURCE, by: Any = None) -> dict[str, Any]:
    """The report of `import_findings … --json`."""
    out = io.StringIO()
    who = ["--as", by.email] if by else []
    call_command(
        "import_findings", str(path), "--source", source, "--json", *who, *flags, stdout=out
    )
    return json.loads(out.getvalue())


@pytest.fixture
def load(editor: StaffMember) -> Callable[..., dict[str, Any]]:
    """`load(path, …)`: the report of `import_findings … --json`, run as the editor."""

    def _load(path: Path, *flags: str, by: Any = editor, **said: Any) -> dict[str, Any]:
        return load_file(path, *flags, by=by, **said)

    return _load


def approve(batch: int, by: StaffMember) -> dict[str, Any]:
    """The report of `approve_import … --json`."""
    out = io.StringIO()
    call_command("approve_import", str(batch), "--as", by.email, "--json", stdout=out)
    return json.loads(out.getvalue())


def page_of(reference: str, source: str = SOURCE) -> ImportedFindingPage:
    return ImportedFindingPage.objects.get(reference=reference, source_label=source)


def pages_of(source: str = SOURCE) -> Any:
    return ImportedFindingPage.objects.filter(source_label=source)


def batch_of(report: dict[str, Any]) -> ImportBatch:
    return ImportBatch.objects.get(pk=report["batch"])
