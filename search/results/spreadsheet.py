"""Results as CSV: who took them and when, what was asked, then one line a page with its whole address. What
others wrote carries their attribution and licence. No cell can start a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from audit_pages.models import ImportedFindingPage
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.exports import head_of_export
from learning.people.mailing import whole_address
from learning.spreadsheets import safe_cell
from search.engines.contract import OWN_SOURCE
from search.queries.search_query import FACETS, SearchQuery
from search.results.finding import Found, Hit, find
from search.results.labels import FACET_TITLES

MOST_ROWS = 1000
HEADINGS = [
    "Title", "Kind", "Summary", "Themes", "Areas of work", "Strength or development",
    "Quarter", "Source", "Attribution", "Licence", "Date", "Address",
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
    yield from head_of_export(of=f"Search: {found.query.text or 'everything'}", taken_by=user)
    yield from ([line] for line in _narrowed(found))
    if found.total > len(found.hits):
        yield [f"The first {len(found.hits)} of {found.total} pages"]
    yield HEADINGS
    rights = _rights_of(found.hits)
    yield from (_row(hit, found, *rights.get(hit.page_id, ("", ""))) for hit in found.hits)


def _narrowed(found: Found) -> Iterator[str]:
    """What the results are narrowed to: the choices made, and what was read from the words."""
    query, labels = found.query, found.labels
    for name in FACETS:
        if chosen := query.facets.get(name, ()):
            yield f"{FACET_TITLES[name]}: {'; '.join(labels.of(name, value) for value in chosen)}"
    if found.reading.filters:
        read = "; ".join(f"“{one.words}” as {one.label}" for one in found.reading.filters)
        yield f"Read from the words: {read}"
    if query.include_suggested:
        yield "Themes that are only suggested count too"


def _rights_of(hits: list[Hit]) -> dict[int, tuple[str, str]]:
    """Attribution and licence of the findings of others, by page; one query."""
    ids = [hit.page_id for hit in hits]
    rows = ImportedFindingPage.objects.filter(pk__in=ids).values_list(
        "pk", "attribution", "licence"
    )
    return {pk: (attribution, licence) for pk, attribution, licence in rows}


def _row(hit: Hit, found: Found, attribution: str, licence: str) -> list[str]:
    values, labels = hit.document["values"], found.labels

    def said(facet: str) -> str:
        return "; ".join(labels.of(facet, value) for value in values[facet])

    source = "; ".join(value for value in values["source"] if value != OWN_SOURCE)
    return [
        hit.title, said("kind"), hit.document["summary"], said("theme"), said("area_of_work"),
        said("statement_kind"), said("quarter"), source, attribution, licence,
        hit.document["dated_on"] or "", whole_address(hit.document["url"]),
    ]  # fmt: skip
