"""Reads of every page, put together once in a process and asked again with other values.

For each of them Django takes far longer to write the SQL anew than the database takes to answer.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet


class _Given(Expression):
    """A place in the SQL for a value that is given when the read is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class PreparedRead:
    """A queryset of columns whose words never change. Only the SQL is kept, never an answer.

    `read` takes a stand-in for each value and returns a queryset of `values_list`. It must not look at
    the clock, the settings or who asks: whatever it sees the first time would stay.
    """

    def __init__(self, read: Callable[..., QuerySet[Any, Any]]) -> None:
        self._read = read
        self._written: dict[int, tuple[str, tuple[Any, ...]]] = {}

    def ask(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: SQLite says 0 and 1 for no and yes."""
        sql, params = self._sql_for(len(values))
        given = [values[p.place] if isinstance(p, _Given) else p for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def _sql_for(self, count: int) -> tuple[str, tuple[Any, ...]]:
        """The SQL for so many values."""
        if count not in self._written:
            rows = self._read(*(_Given(place) for place in range(count)))
            self._written[count] = rows.query.sql_with_params()
        return self._written[count]
