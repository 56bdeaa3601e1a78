"""How often a theme came up in our own learning, quarter by quarter."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef

from audit_pages.panels import TrendTable
from audit_pages.publishing.readers import tokens_of
from learning.vocabulary.choices import StatementKind
from search.engines.contract import OWN_SOURCE
from search.ledger.meanwhile import closed_meanwhile
from search.ledger.models import ProjectionValue

Counted = dict[tuple[str, str], int]


def theme_trend(theme_code: str, user: Any) -> TrendTable:
    """Pages of ours that carry the theme, confirmed, by quarter and kind of statement, which the
    person may read.

    Quarters in between without any are there with noughts. `total_by_quarter` counts all pages of ours.
    """
    tokens = tokens_of(user)
    own = _own_pages(tokens).exclude(page_id__in=closed_meanwhile(user))
    totals = {row["value"]: row["pages"] for row in _by_quarter(own)}
    quarters = list(quarters_between(totals))
    counted = _statements(own.filter(_holds("theme", [theme_code])))
    return TrendTable(
        quarters,
        {
            kind.label: [counted.get((quarter, kind.value), 0) for quarter in quarters]
            for kind in StatementKind
        },
        [totals.get(quarter, 0) for quarter in quarters],
    )


def _holds(field: str, values: Iterable[str]) -> Exists:
    held = ProjectionValue.objects.filter(page_id=OuterRef("page_id"), field=field)
    return Exists(held.filter(value__in=list(values)))


def _own_pages(tokens: Iterable[str]) -> Any:
    """The quarter rows of our own pages that say a strength or a development."""
    quarters = ProjectionValue.objects.filter(field="quarter")
    return quarters.filter(
        _holds("acl", tokens),
        _holds("source", [OWN_SOURCE]),
        _holds("statement_kind", StatementKind.values),
    )


def _by_quarter(own: Any) -> Any:
    return own.values("value").annotate(pages=Count("page_id"))


def _statements(own: Any) -> Counted:
    """(quarter, kind of statement) → pages."""
    kind = ProjectionValue.objects.filter(field="statement_kind", page_id=OuterRef("page_id"))
    rows = own.annotate(statement=kind.values("value")[:1])
    grouped = rows.values("value", "statement").annotate(pages=Count("page_id"))
    return {(row["value"], row["statement"]): row["pages"] for row in grouped}


def quarters_between(quarters: Iterable[str]) -> Iterable[str]:
    """Every quarter from the first to the last of these."""
    ordered = sorted(quarters)
    if not ordered:
        return
    first, last = _number(ordered[0]), _number(ordered[-1])
    for number in range(first, last + 1):
        yield f"{number // 4}-Q{number % 4 + 1}"


def _number(quarter: str) -> int:
    year, part = quarter.split("-Q")
    return int(year) * 4 + int(part) - 1
