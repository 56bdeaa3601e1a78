"""The council's numbers of cases, encrypted: first room for it, then each number, then the field that does it."""

from typing import Any

from django.db import migrations, models

import learning.selection.encryption
from learning.selection.encryption import decrypted, encrypted

BATCH = 500


def _each(apps: Any, change: Any) -> None:
    CaseKey = apps.get_model("learning", "CaseKey")
    keys = list(CaseKey.objects.all())
    for key in keys:
        key.council_id = change(key.council_id)
    CaseKey.objects.bulk_update(keys, ["council_id"], batch_size=BATCH)


def encrypt(apps: Any, schema_editor: Any) -> None:
    _each(apps, encrypted)


def decrypt(apps: Any, schema_editor: Any) -> None:
    _each(apps, decrypted)


class Migration(migrations.Migration):
    dependencies = [("learning", "0032_teams_in_the_desk")]

    operations = [
        migrations.AlterField("casekey", "council_id", models.TextField()),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField(
            "casekey", "council_id", learning.selection.encryption.EncryptedField()
        ),
    ]
