"""Append-only tables: the database itself refuses to change or delete their rows.

The triggers are put in place after each migrate, since SQLite loses them without a word when it
rebuilds a table; `missing()` lets the system check notice a table that stands open.
"""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

TABLES = ("learning_event", "learning_accessevent")

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_TABLE_NAME;
END $$;
"""


def _postgresql(table: str) -> list[str]:
    return [
        _POSTGRESQL,
        f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_refuse_change()",
    ]


def _sqlite(table: str) -> list[str]:
    statements = []
    for verb in ("UPDATE", "DELETE"):
        name = f"{table}_append_only_{verb.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} is append-only: its rows are never changed or deleted'); END",
        ]
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every append-only table that exists."""
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in present.intersection(TABLES):
            for statement in make(table):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Append-only tables of this database that nothing protects."""
    if connection.vendor == "postgresql":
        query = "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE %s"
    else:
        query = (
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, ["%_append_only%"])
        protected = {row[0] for row in cursor.fetchall()}
    present = set(connection.introspection.table_names())
    return sorted(present.intersection(TABLES) - protected)


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    install(connections[using])


def connect(sender: AppConfig) -> None:
    """Called once when the app is ready."""
    post_migrate.connect(_after_migrate, sender=sender, dispatch_uid="append_only")


@register(Tags.database)
def check_append_only(databases: Any = None, **kwargs: Any) -> list[Error]:
    """An error for each table of promises that the database does not keep."""
    errors = []
    for alias in databases or []:
        try:
            open_tables = missing(connections[alias])
        except DatabaseError:
            continue
        errors += [
            Error(
                f"{table} can be changed: its trigger is gone.",
                hint="Run migrate.",
                id="learning.E001",
            )
            for table in open_tables
        ]
    return errors
