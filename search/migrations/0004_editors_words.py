"""Editors and the lead of quality assurance may change the words of search."""

from django.db import migrations

from search.words import permissions


def grant(apps, schema_editor):
    permissions.apply(apps)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_starter_words"), ("learning", "0003_role_groups")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
