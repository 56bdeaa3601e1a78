"""Searches as readers type them: what each asks of the engine and of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from audit_pages.publishing.readers import tokens_of
from portal.benchmarks.inside.readers import ask, cookie_of, reader, signed_in_client
from search.elastic import queries
from search.elastic.client import query_client
from search.elastic.engine import alias
from search.queries.reading import read
from search.queries.search_query import SearchQuery
from search.results.finding import HITS_PER_PAGE, request_for
from search.words.in_use import forget_words, words_in_use

SEARCHES = (
    "q=dads+missing+from+assessments",
    "q=voice+of+disabled+children",
    "q=missing+from+home+return+interviews",
    "q=SMART+plans",
    "q=s47+strategy+discussion",
    "q=what+did+we+learn+about+neglect",
    "q=supervision",
    "q=chronology",
    "q=children+who+move+home",
    "q=%22lived+experience%22",
    "q=family+time&kind=finding",
    "q=health+assessments+for+looked+after+children",
    "q=domestic+abuse&statement_kind=strength",
    "q=plans+that+parents+can+read&sort=newest",
    "q=care+leavers+accommodation&page=2",
    "q=management+oversight&level=service",
    "q=why+do+plans+drift",
    "q=young+carers",
    "q=mental+health+of+parents",
    "q=core+groups&kind=finding&kind=imported_finding",
)
"""Addresses of the search page, with facets, orders and later pages among them."""

TYPED = ("da", "dad", "supervis", "chron", "family t", "voice of", "plan", "negl", "mis", "heal")


def look_at_searches() -> dict[str, Any]:
    """For each search its path, what it asks, and the engine's own question."""
    client = signed_in_client()
    found = [_look_at(client, f"/search/?{text}", text) for text in SEARCHES]
    typed = [f"/search/suggest/?q={text.replace(' ', '+')}" for text in TYPED]
    return {"cookie": cookie_of(client), "alias": alias(), "searches": found, "typed": typed}


def _look_at(client: Any, path: str, text: str) -> dict[str, Any]:
    ask(client, path)
    keep_words_fresh()
    with engine_requests() as requests:
        asked = ask(client, path)
    return {
        "path": path,
        "queries": asked.queries,
        "repeated": asked.repeated,
        "engine_requests": len(requests),
        "bytes": len(asked.body),
        "body": engine_question(text),
    }


def keep_words_fresh() -> None:
    """A process reads the editors' words anew every ten seconds; the search that is counted does not."""
    forget_words()
    words_in_use()


def engine_question(text: str) -> dict[str, Any]:
    """What the search page asks Elasticsearch for this address."""
    parameters: Any = QueryDict(text)
    query, words = SearchQuery.from_parameters(parameters), words_in_use()
    reading = read(query, words, timezone.localdate())
    request = request_for(query, reading, words, tokens_of(reader()), HITS_PER_PAGE)
    return queries.search_of(request).to_dict()


@contextmanager
def engine_requests() -> Iterator[list[str]]:
    """The paths of all requests to the engine within the block."""
    transport: Any = query_client().transport
    ordinary, seen = transport.perform_request, []

    def counted(method: str, target: str, **options: Any) -> Any:
        seen.append(target)
        return ordinary(method, target, **options)

    transport.perform_request = counted
    try:
        yield seen
    finally:
        del transport.perform_request
