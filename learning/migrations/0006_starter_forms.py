"""The three forms that a new portal starts with."""

from django.db import migrations
from django.utils import timezone

from learning.proforma import starter


def forwards(apps, schema_editor):
    starter.load(apps, ("practice_audit", "initial_contact", "spot_check"), timezone.now())


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_audit")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
