"""Rows of many kinds, gathered first and put into the database kind by kind, parents before children."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from learning.events.models import Event

Row = TypeVar("Row", bound=Model)


class Shelf:
    """What waits to be put down: rows, links of many to many, and what happened to which row."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Any]] = defaultdict(list)
        self.links: list[tuple[Any, str, list[Any]]] = []
        self.happened: list[tuple[datetime, Any, str, Any, str]] = []

    def add(self, row: Row) -> Row:
        """The row, which has no number until everything is put down."""
        self.rows[type(row)].append(row)
        return row

    def link(self, row: Model, field: str, others: Iterable[Any]) -> None:
        """These belong to the row's many-to-many field."""
        self.links.append((row, field, list(others)))

    def event(self, when: datetime, by: Any, action: str, about: Model, reason: str = "") -> None:
        """Something that somebody did to the row then."""
        self.happened.append((when, by, action, about, reason))

    def put_down(self) -> None:
        """Everything, in the order in which each kind was first added; then links, then events."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=500)
        self._put_links()
        self._put_events()
        self.__init__()  # type: ignore[misc]

    def _put_links(self) -> None:
        through: dict[type[Model], list[Any]] = defaultdict(list)
        for row, name, others in self.links:
            field = row._meta.get_field(name)
            model = getattr(type(row), name).through
            for other in others:
                ids = {f"{field.m2m_field_name()}_id": row.pk}
                ids[f"{field.m2m_reverse_field_name()}_id"] = other.pk
                through[model].append(model(**ids))
        for model, rows in through.items():
            model._default_manager.bulk_create(rows, batch_size=500)

    def _put_events(self) -> None:
        Event.objects.bulk_create(
            [
                Event(
                    happened_at=when,
                    actor_id=by.pk if by else None,
                    action=action,
                    object_type=about._meta.label_lower,
                    object_id=str(about.pk),
                    reason=reason,
                )
                for when, by, action, about, reason in sorted(self.happened, key=lambda one: one[0])
            ],
            batch_size=500,
        )
