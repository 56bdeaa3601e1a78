"""The triggers that make both databases keep the promises.

They are put in place after each migrate, since SQLite loses them without a word when it rebuilds a table;
before a migrate that changes something they are taken down on SQLite, which refuses to rebuild a table that
another table's trigger speaks of. `missing()` lets the system check notice a promise that nothing keeps.
"""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

from learning.events.emptying import exception_for
from learning.events.promises import APPEND_ONLY, FROZEN, Frozen, promised_tables

APPEND_ONLY_SENTENCE = "{table} is append-only: its rows are never changed or deleted"


def _append_only(table: str) -> list[Frozen]:
    """The rule of a table whose rows only come."""
    sentence = APPEND_ONLY_SENTENCE.format(table=table)
    return [Frozen(table, "append_only", ("UPDATE", "DELETE"), "OLD.id IS NOT NULL", sentence)]


def _rules_of(table: str) -> list[Frozen]:
    frozen = [rule for rule in FROZEN if rule.table == table]
    return (_append_only(table) if table in APPEND_ONLY else []) + frozen


def _name(rule: Frozen) -> str:
    return f"{rule.table}_{rule.name}"


def _condition(connection: BaseDatabaseWrapper, rule: Frozen, moment: str) -> str:
    """SQL: the change breaks the promise, and is not what a disposal may do."""
    exception = exception_for(connection, rule.table, moment)
    return f"({rule.when}) AND NOT COALESCE({exception}, FALSE)" if exception else rule.when


def _function(connection: BaseDatabaseWrapper, rule: Frozen) -> str:
    """PostgreSQL's triggers call a function; its condition may look at other tables, WHEN may not.

    A session plans the condition once. Planned while the other table was empty it would read that table row by
    row from then on, for each row of a whole load: by an index at all times, then.
    """
    checks = "\n  ".join(
        f"IF TG_OP = '{moment}' THEN IF {_condition(connection, rule, moment)} "
        f"THEN RAISE EXCEPTION '{rule.sentence}'; END IF; END IF;"
        for moment in rule.moments
    )
    return f"""
CREATE OR REPLACE FUNCTION {_name(rule)}() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  {checks}
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""


_TRUNCATE_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_TABLE_NAME;
END $$;
"""


def _of_postgresql(table: str) -> dict[str, str]:
    """The triggers of a table, by name. Emptying a table at a stroke fires no trigger of its rows."""
    triggers = {
        _name(rule): f"BEFORE {' OR '.join(rule.moments)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {_name(rule)}()"
        for rule in _rules_of(table)
    }
    if table in APPEND_ONLY:
        triggers[f"{table}_append_only_truncate"] = (
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change()"
        )
    return triggers


def _of_sqlite(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """The triggers of a table, by name. `INSERT OR REPLACE` deletes without a word of its own."""
    triggers = {
        f"{_name(rule)}_{moment.lower()}": f"BEFORE {moment} ON {table} "
        f"WHEN {_condition(connection, rule, moment)} "
        f"BEGIN SELECT RAISE(ABORT, '{rule.sentence}'); END"
        for rule in _rules_of(table)
        for moment in rule.moments
    }
    if table in APPEND_ONLY:
        sentence = APPEND_ONLY_SENTENCE.format(table=table)
        triggers[f"{table}_append_only_replace"] = (
            f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
    return triggers


def _triggers_of(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """The triggers that a table should have, by name."""
    is_postgresql = connection.vendor == "postgresql"
    return _of_postgresql(table) if is_postgresql else _of_sqlite(connection, table)


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """What puts the table's triggers in place, whether or not they stand already."""
    is_postgresql = connection.vendor == "postgresql"
    statements = []
    if is_postgresql:
        statements.append(_TRUNCATE_FUNCTION)
        statements += [_function(connection, rule) for rule in _rules_of(table)]
    for name, body in _triggers_of(connection, table).items():
        statements.append(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if is_postgresql else ''}")
        statements.append(f"CREATE TRIGGER {name} {body}")
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every table of promises that exists."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(present & promised_tables()):
            for statement in _statements(connection, table):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger of SQLite away, those of earlier releases included."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'learning_*'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables of promises of this database that a trigger is missing from, or switched off on."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    present = set(connection.introspection.table_names()) & promised_tables()
    return sorted(t for t in present if not standing.issuperset(_triggers_of(connection, t)))


def _before_migrate(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    if plan and connections[using].vendor == "sqlite":
        take_down(connections[using])


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    install(connections[using])


def connect(sender: AppConfig) -> None:
    """Called once when the app is ready."""
    pre_migrate.connect(_before_migrate, sender=sender, dispatch_uid="database_promises_down")
    post_migrate.connect(_after_migrate, sender=sender, dispatch_uid="database_promises")


@register(Tags.database)
def check_promises(databases: Any = None, **kwargs: Any) -> list[Warning]:
    """A warning for each table of promises that the database does not keep.

    No error: `migrate` asks the checks first, and would refuse to put the trigger back.
    """
    warnings = []
    for alias in databases or []:
        try:
            open_tables = missing(connections[alias])
        except DatabaseError:
            continue
        warnings += [
            Warning(
                f"{table} can be changed: its trigger is gone.",
                hint="Run migrate.",
                id="learning.W001",
            )
            for table in open_tables
        ]
    return warnings
