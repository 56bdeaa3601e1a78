"""Evidence notes of earlier portals become rows, and back: nothing that they said is lost."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from audit_pages.models import FindingPage
from learning.models import PageEvidence
from learning.people.roles import Role

carrying = import_module("learning.migrations.0015_carry_evidence_over")


class NoteRows:
    """Stands for the table of notes that is gone: the same fields, in memory."""

    def __init__(self, *rows: Any) -> None:
        self.rows = list(rows)

    @property
    def objects(self) -> "NoteRows":
        return self

    def order_by(self, *fields: str) -> list[Any]:
        return self.rows

    def get_or_create(self, *, page_id: int, defaults: dict[str, Any]) -> tuple[Any, bool]:
        for row in self.rows:
            if row.page_id == page_id:
                return row, False
        row = SimpleNamespace(page_id=page_id, audit_references="", save=lambda: None, **defaults)
        self.rows.append(row)
        return row, True


class AppsWithNotes:
    """The registry of that moment: our models as they are now, with the notes beside them."""

    def __init__(self, notes: NoteRows) -> None:
        from django.apps import apps

        self._apps, self._notes = apps, notes

    def get_model(self, app: str, name: str) -> Any:
        return self._notes if name == "EvidenceNote" else self._apps.get_model(app, name)


@pytest.mark.django_db
def test_known_references_point_at_their_audit_and_others_stay_as_they_were_written(
    finding: FindingPage, audits: Any, person: Any
) -> None:
    (audit,) = audits(1)
    note = SimpleNamespace(
        page_id=finding.pk,
        audit_references=f" {audit.case.ref.lower()} \n2019-Q1-CP-03\n\n2019-Q1-CP-03\n",
        note="How they bear on it",
        written_by_id=person(Role.LEAD_QA).pk,
        created_at=finding.last_published_at,
    )

    carrying.carry_over(AppsWithNotes(NoteRows(note)), None)

    rows = PageEvidence.objects.filter(page_id=finding.pk)
    assert {(row.submission, row.earlier_reference) for row in rows} == {
        (audit, ""),
        (None, "2019-Q1-CP-03"),
    }
    assert {(row.bearing, row.named_by) for row in rows} == {
        ("How they bear on it", person(Role.LEAD_QA))
    }
    back = NoteRows()
    carrying.put_back(AppsWithNotes(back), None)
    assert set(back.rows[0].audit_references.split("\n")) == {audit.case.ref, "2019-Q1-CP-03"}
    assert back.rows[0].note == "How they bear on it"


@pytest.mark.django_db
def test_the_tables_of_the_notes_are_gone() -> None:
    tables = connection.introspection.table_names()

    assert "learning_pageevidence" in tables
    assert not [table for table in tables if table.startswith("learning_evidencenote")]
    assert not MigrationExecutor(connection).loader.detect_conflicts()
