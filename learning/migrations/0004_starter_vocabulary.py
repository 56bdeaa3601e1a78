"""Themes, areas of work and practice standards that a new portal starts with."""

from django.db import migrations

from learning.vocabulary import starter


def forwards(apps, schema_editor):
    starter.load(apps)


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_role_groups")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
