"""Leads set the audit's numbers in the desk."""

from django.db import migrations

from learning.people import role_permissions


def forwards(apps, schema_editor):
    role_permissions.apply(apps)


class Migration(migrations.Migration):
    dependencies = [("learning", "0018_family_feedback")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
