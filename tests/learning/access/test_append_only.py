"""What happened stays written: the database itself refuses every way to change it."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.promises import APPEND_ONLY
from learning.events.services import record_event
from learning.events.triggers import missing
from learning.people.models import StaffMember

pytestmark = pytest.mark.django_db
IS_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(params=["learning_event", "learning_accessevent"])
def row(request: pytest.FixtureRequest, stranger: StaffMember) -> models.Model:
    if request.param == "learning_event":
        return record_event(actor=stranger, action="tried", about=stranger, reason="before")
    return record_access(user=stranger, action=AccessEvent.Action.VIEWED, about=stranger)


def refused(*, sql: str = "", do: Any = None) -> None:
    """Fails unless the database refuses."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if do:
            do()
        else:
            with connection.cursor() as cursor:
                cursor.execute(sql)


def test_a_row_is_not_changed_or_deleted_by_the_orm(row: models.Model) -> None:
    row.object_id = "999999"  # type: ignore[attr-defined]
    refused(do=row.save)
    refused(do=row.delete)
    assert type(row).objects.get(pk=row.pk).object_id != "999999"  # type: ignore[attr-defined]


def test_rows_are_not_changed_or_deleted_together(row: models.Model) -> None:
    rows = type(row).objects.filter(pk=row.pk)  # type: ignore[attr-defined]
    refused(do=lambda: rows.update(object_id="999999"))
    refused(do=rows.delete)
    refused(do=lambda: rows._raw_delete(rows.db))
    refused(
        do=lambda: type(row).objects.bulk_create(  # type: ignore[attr-defined]
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["object_id"]
        )
    )
    assert rows.exists()


def test_raw_sql_is_refused(row: models.Model) -> None:
    table = row._meta.db_table
    refused(sql=f"UPDATE {table} SET object_id = '999999' WHERE id = {row.pk}")
    refused(sql=f"DELETE FROM {table} WHERE id = {row.pk}")
    if IS_POSTGRESQL:
        refused(sql=f"TRUNCATE {table}")
    else:
        refused(sql=f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = {row.pk}")


def drop_a_trigger(table: str) -> None:
    with connection.cursor() as cursor:
        if IS_POSTGRESQL:
            cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            cursor.execute(f"DROP TRIGGER {table}_append_only_delete")


def test_the_system_check_notices_each_lost_trigger_and_migrate_brings_all_back() -> None:
    assert missing(connection) == []
    for count, table in enumerate(sorted(APPEND_ONLY), start=1):
        drop_a_trigger(table)
        assert missing(connection) == sorted(APPEND_ONLY)[:count]
    errors = run_checks(tags=["database"], databases=["default"])
    assert {error.id for error in errors} == {"learning.W001"}
    assert [sum(table in error.msg for error in errors) for table in APPEND_ONLY] == [1] * len(
        APPEND_ONLY
    )
    call_command("migrate", skip_checks=False, verbosity=0)
    assert missing(connection) == []


def test_a_person_who_goes_leaves_their_rows(stranger: StaffMember) -> None:
    row = record_access(user=stranger, action=AccessEvent.Action.VIEWED)
    number = stranger.pk
    stranger.delete()
    assert AccessEvent.objects.get(pk=row.pk).user_id == number
