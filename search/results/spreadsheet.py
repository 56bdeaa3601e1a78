"""Results as CSV: who took them and when, then one line a page. No cell can start a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.spreadsheets import safe_cell
from search.engines.contract import OWN_SOURCE
from search.queries.search_query import SearchQuery
from search.results.finding import Found, Hit, find

MOST_ROWS = 1000
HEADINGS = [
    "Title", "Kind", "Summary", "Themes", "Areas of work", "Strength or development",
    "Quarter", "Source", "Date", "Address",
]  # fmt: skip


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def results_as_csv(query: SearchQuery, user: Any) -> StreamingHttpResponse:
    """The results of this search that the person may see, as a download; the access log keeps
    that it was taken."""
    found = find(query.with_changes(page=1), user, limit=MOST_ROWS)
    record_access(user=user, action=AccessEvent.Action.EXPORTED)
    response = StreamingHttpResponse(_lines(found, user), content_type="text/csv; charset=utf-8")
    day = timezone.localtime()
    response["Content-Disposition"] = f'attachment; filename="learning-{day:%Y-%m-%d-%H%M}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(found: Found, user: Any) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"
    for row in _rows(found, user):
        yield writer.writerow([safe_cell(cell) for cell in row])


def _rows(found: Found, user: Any) -> Iterable[list[str]]:
    taken = timezone.localtime()
    yield [f"Taken by {user.get_full_name() or user.email} on {taken:%d %B %Y at %H:%M}"]
    yield [f"Search: {found.query.text or 'everything'}"]
    if found.total > len(found.hits):
        yield [f"The first {len(found.hits)} of {found.total} pages"]
    yield HEADINGS
    yield from (_row(hit, found) for hit in found.hits)


def _row(hit: Hit, found: Found) -> list[str]:
    values, labels = hit.document["values"], found.labels

    def said(facet: str) -> str:
        return "; ".join(labels.of(facet, value) for value in values[facet])

    source = "; ".join(value for value in values["source"] if value != OWN_SOURCE)
    return [
        hit.title, said("kind"), hit.document["summary"], said("theme"), said("area_of_work"),
        said("statement_kind"), said("quarter"), source,
        hit.document["dated_on"] or "", hit.document["url"],
    ]  # fmt: skip
