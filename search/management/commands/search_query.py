"""Ask a question as somebody, and see what they would see."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.people.models import StaffMember
from search.engines.choosing import ENGINES
from search.queries.search_query import FACETS, SearchQuery, tidy_text
from search.results.finding import Found, Hit, find


class Command(BaseCommand):
    help = "What a person finds: engine, total, hits and facets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="?", default="")
        parser.add_argument("--as", dest="email", required=True, help="whose reading applies")
        parser.add_argument("--facet", action="append", default=[], metavar="KEY=VALUE")
        parser.add_argument("--engine", choices=ENGINES, default="")
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--suggested", action="store_true", help="count suggested themes too")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        person = StaffMember.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError("Nobody signs in with that address.")
        query = SearchQuery(
            text=tidy_text(options["text"]),
            facets=_facets(options["facet"]),
            page=max(options["page"], 1),
            include_suggested=options["suggested"],
        )
        found = find(query, person, engine=options["engine"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            self._say(found)

    def _say(self, found: Found) -> None:
        self.stdout.write(f"{found.total} pages, answered by {found.engine}")
        for hit in found.hits:
            self.stdout.write(f"- {hit.title}  {hit.url}")


def _facets(choices: list[str]) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str, ...]] = {}
    for choice in choices:
        name, equals, value = choice.partition("=")
        if name not in FACETS or not equals or not value:
            raise CommandError(f"“{choice}” is no facet. Write one of {', '.join(FACETS)}=value.")
        facets[name] = (*facets.get(name, ()), value)
    return facets


def as_json(found: Found) -> dict[str, Any]:
    """The answer in a shape that does not change: engine, total, hits, facets, and how it was
    read."""
    return {
        "engine": found.engine,
        "stood_in": found.stood_in,
        "total": found.total,
        "total_all_words": found.total_all_words,
        "read": [asdict(read) for read in found.reading.filters],
        "filters_dropped": found.filters_dropped,
        "hits": [_hit(hit) for hit in found.hits],
        "facets": {name: dict(found.facets.get(name, {})) for name in FACETS},
    }


def _hit(hit: Hit) -> dict[str, Any]:
    values = hit.document["values"]
    return {
        "page_id": hit.page_id,
        "url": hit.url,
        "title": hit.title,
        "kind": values["kind"][0],
        "themes": values["theme"],
        "suggested_themes": values["suggested_theme"],
        "all_words": hit.all_words,
        "highlights": {"title": hit.highlight.title, "text": hit.highlight.text},
    }
