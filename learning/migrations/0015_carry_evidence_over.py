"""Every audit that an evidence note named becomes a row of its page.

A reference of an audit that has a submission points at it; any other stays as it was written. What the note
said goes with each of its references. The grants of notes end here: they opened references, and carried
over they would open whole audits.
"""

from typing import Any

from django.db import migrations


def carry_over(apps: Any, schema_editor: Any) -> None:
    evidence_model = apps.get_model("learning", "PageEvidence")
    for note in apps.get_model("learning", "EvidenceNote").objects.order_by("pk"):
        for reference in _references(note):
            evidence_model.objects.get_or_create(
                page_id=note.page_id,
                **_audit(apps, reference),
                defaults={
                    "bearing": note.note,
                    "named_by_id": note.written_by_id,
                    "named_at": note.created_at,
                },
            )


def put_back(apps: Any, schema_editor: Any) -> None:
    note_model = apps.get_model("learning", "EvidenceNote")
    rows = apps.get_model("learning", "PageEvidence").objects.order_by("pk")
    for row in rows.select_related("submission__case"):
        note, _ = note_model.objects.get_or_create(
            page_id=row.page_id,
            defaults={"note": row.bearing, "written_by_id": row.named_by_id},
        )
        reference = row.submission.case.ref if row.submission else row.earlier_reference
        note.audit_references = "\n".join(filter(None, [note.audit_references, reference]))
        note.save()


def _references(note: Any) -> list[str]:
    lines = [line.strip()[:80] for line in note.audit_references.splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def _audit(apps: Any, reference: str) -> dict[str, Any]:
    """What the row points at: the submission of this reference, or the reference itself."""
    submissions = apps.get_model("learning", "AuditSubmission").objects
    submission = submissions.filter(case__ref__iexact=reference).first()
    if submission is not None:
        return {"submission_id": submission.pk, "earlier_reference": ""}
    return {"submission_id": None, "earlier_reference": reference}


class Migration(migrations.Migration):
    dependencies = [("learning", "0014_page_evidence")]

    operations = [migrations.RunPython(carry_over, put_back)]
