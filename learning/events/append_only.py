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


def _postgresql(table: str) -> dict[str, str]:
    """The triggers of a table, by name. Emptying a table at a stroke fires no trigger of its rows."""
    return {
        f"{table}_append_only": f"BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_refuse_change()",
        f"{table}_append_only_truncate": f"BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change()",
    }


def _sqlite(table: str) -> dict[str, str]:
    """The triggers of a table, by name. `INSERT OR REPLACE` deletes without a word of its own."""
    moments = {
        "update": f"BEFORE UPDATE ON {table}",
        "delete": f"BEFORE DELETE ON {table}",
        "replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    }
    refusal = (
        f"SELECT RAISE(ABORT, '{table} is append-only: its rows are never changed or deleted')"
    )
    return {
        f"{table}_append_only_{name}": f"{moment} BEGIN {refusal}; END"
        for name, moment in moments.items()
    }


def _triggers_of(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    return _postgresql(table) if connection.vendor == "postgresql" else _sqlite(table)


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """What puts the table's triggers in place, whether or not they stand already."""
    is_postgresql = connection.vendor == "postgresql"
    statements = [_POSTGRESQL] if is_postgresql else []
    for name, body in _triggers_of(connection, table).items():
        statements.append(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if is_postgresql else ''}")
        statements.append(f"CREATE TRIGGER {name} {body}")
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every append-only table that exists."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in present.intersection(TABLES):
            for statement in _statements(connection, table):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Append-only tables of this database that a trigger is missing from, or switched off on."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    present = set(connection.introspection.table_names()).intersection(TABLES)
    return sorted(t for t in present if not standing.issuperset(_triggers_of(connection, t)))


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
