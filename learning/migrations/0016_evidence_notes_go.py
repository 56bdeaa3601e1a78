"""The evidence notes give way to the audits that a page names; their permissions go with them."""

from typing import Any

from django.db import migrations

from learning.people.role_permissions import apply


def forget_permissions(apps: Any, schema_editor: Any) -> None:
    gone = ("evidencenote", "evidencenotegrant")
    apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="learning", model__in=gone
    ).delete()


def give_permissions(apps: Any, schema_editor: Any) -> None:
    apply(apps)


class Migration(migrations.Migration):
    dependencies = [("learning", "0015_carry_evidence_over")]

    operations = [
        migrations.DeleteModel("EvidenceNoteGrant"),
        migrations.DeleteModel("EvidenceNote"),
        migrations.RunPython(forget_permissions, migrations.RunPython.noop),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
