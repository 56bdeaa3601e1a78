"""The words that are searched: a `tsvector` column on PostgreSQL, an FTS5 table on SQLite."""

from django.db import migrations

from search.engines.database import postgresql, sqlite

MAKE = {"postgresql": [postgresql.ADD_COLUMN, postgresql.ADD_INDEX], "sqlite": [sqlite.MAKE_TABLE]}
DROP = {"postgresql": [postgresql.DROP_COLUMN], "sqlite": [sqlite.DROP_TABLE]}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_tables")]
    operations = [migrations.RunPython(make, drop)]
