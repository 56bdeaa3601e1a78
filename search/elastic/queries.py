"""A request as a question to Elasticsearch."""

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from search.analysis.stopwords import SET_ASIDE
from search.elastic import analysis, spelled_out
from search.elastic.mapping import TEXT_FIELDS
from search.engines.contract import About, EngineRequest, Lift, Trial
from search.queries.search_query import FACETS
from search.words.synonyms import Terms

ALL_WORDS = "all_words"
IN_FRONT_BOOST = 1000.0
"""More than any score can be: pages whose title and summary hold all the words stand first."""
STEP = 2.0
"""What a lift of worth 1 adds to a score."""

VALUES_COUNTED = 200
MARKING_WORDS = 12
MARKING_SAMPLE = 200
SAME_THEME_BOOST = 5.0
FRONT = ["title", "summary"]
HELD = [*FRONT, "body"]


def search_of(request: EngineRequest) -> Search:
    """The whole question: query, facets, counts, one page of hits. Only ids come back."""
    asked = Search().query(_query(request)).post_filter(_choices(request, FACETS))
    asked = asked.extra(track_total_hits=True, track_scores=True).source(False)
    asked = asked.sort(*_order(request))
    _add_facets(asked, request)
    if request.words.counting:
        passing = Q("bool", filter=[all_words(request), _choices(request, FACETS)])
        asked.aggs.bucket(ALL_WORDS, A("filter", passing))
    if request.marking_theme:
        _add_marking_words(asked, request)
    return asked[request.offset : request.offset + request.limit]


def _order(request: EngineRequest) -> list[dict[str, Any]]:
    by_score: dict[str, Any] = {"_score": {"order": "desc"}}
    by_date: dict[str, Any] = {"dated_on": {"order": "desc", "missing": "_last"}}
    last = {"page_id": {"order": "asc"}}
    if request.sort != "newest":
        return [by_score, last]
    return [by_score, by_date, last] if request.words else [by_date, by_score, last]


def _query(request: EngineRequest) -> Query:
    words = request.words
    should = list(_scoring(request))
    filters = [access(request.tokens), *_conditions(request)]
    if words.counting:
        should.append(Q("constant_score", filter=all_words(request, FRONT), boost=IN_FRONT_BOOST))
        should.append(Q("constant_score", filter=all_words(request), boost=0.0, _name=ALL_WORDS))
        filters.append(Q("bool", should=list(_any_word(request)), minimum_should_match=1))
    return Q(
        "bool", filter=filters, should=should, must_not=[Q("ids", values=sorted(request.excluded))]
    )


def access(tokens: Iterable[str]) -> Query:
    """Only documents that one of the tokens opens; without tokens, none."""
    return Q("terms", acl=sorted(tokens))


def _any_word(request: EngineRequest) -> Iterable[Query]:
    """The words with their synonyms; where there are any, the words as typed too."""
    words = request.words
    if request.trial:
        yield from spelled_out.any_word(words, request.trial)
        return
    text = " ".join(group.words for group in words.counting)
    if words.has_synonyms:
        yield _fields(text, analysis.SEARCHED)
    yield _fields(text, analysis.INDEXED)


def _scoring(request: EngineRequest) -> Iterable[Query]:
    """What makes a page rank; by date, only what stands beside the words does."""
    words = request.words
    if words and request.sort == "newest":
        return
    if words.counting:
        yield from _any_word(request)
    yield from (_phrase(phrase) for phrase in (*words.phrases, *words.welcome))
    yield from (_lifted(lift) for lift in request.lifts)


def _lifted(lift: Lift) -> Query:
    field = "any_theme" if lift.field == "theme" else lift.field
    carrying = Q("terms", **{field: list(lift.values)})
    return Q("constant_score", filter=carrying, boost=lift.worth * STEP)


def _fields(text: str, analyser: str) -> Query:
    return Q(
        "multi_match", query=text, type="cross_fields", fields=TEXT_FIELDS,
        tie_breaker=0.3, analyzer=analyser,
    )  # fmt: skip


def all_words(request: EngineRequest, fields: Sequence[str] = HELD) -> Query:
    """Holds every stretch of the query in these fields, as typed or as a synonym."""
    stretches = [group.alternatives for group in request.words.counting]
    return Q("bool", filter=[_holding(phrases, fields, request.trial) for phrases in stretches])


def _holding(phrases: Sequence[Terms], fields: Sequence[str], trial: Trial | None) -> Query:
    """Holds one of the phrases. They are stems already, so they are only parted at spaces."""
    held = [_phrase(phrase, fields) for phrase in phrases]
    if trial:
        held += spelled_out.written(phrases, trial, fields)
    return Q("bool", should=held, minimum_should_match=1)


def _phrase(terms: Terms, fields: Sequence[str] = HELD) -> Query:
    return Q(
        "multi_match",
        query=" ".join(terms),
        type="phrase",
        fields=list(fields),
        analyzer="whitespace",
    )


def _conditions(request: EngineRequest) -> Iterable[Query]:
    yield from (_phrase(phrase) for phrase in request.words.phrases)
    yield from (_about(about) for about in request.about)
    if request.span:
        days = {"gte": request.span.first, "lte": request.span.last}
        yield Q("range", dated_on={key: day for key, day in days.items() if day})


def _about(about: About) -> Query:
    """Tagged with it, suggested or confirmed, or holding what it is called."""
    field = "any_theme" if about.field == "theme" else about.field
    held = [_phrase(phrase) for phrase in about.phrases]
    return Q("bool", should=[Q("term", **{field: about.code}), *held], minimum_should_match=1)


def field_of(facet: str, request: EngineRequest) -> str:
    """The field that a facet counts."""
    return "any_theme" if facet == "theme" and request.include_suggested else facet


def _choices(request: EngineRequest, facets: Iterable[str]) -> Query:
    """Passes the choices made in these facets: any value of each."""
    chosen = [
        Q("terms", **{field_of(name, request): list(values)})
        for name in facets
        if (values := request.facets.get(name))
    ]
    return Q("bool", filter=chosen)


def _add_facets(asked: Search, request: EngineRequest) -> None:
    """Counts by value; each facet's own choice is left out of its counts."""
    for name in FACETS:
        others = _choices(request, [facet for facet in FACETS if facet != name])
        counted = A("terms", field=field_of(name, request), size=VALUES_COUNTED)
        asked.aggs.bucket(name, A("filter", others)).bucket("values", counted)


def _add_marking_words(asked: Search, request: EngineRequest) -> None:
    """Words that are commoner in pages of the theme than elsewhere, among what the reader may
    see."""
    closed = [Q("ids", values=sorted(request.excluded))]
    mine = Q(
        "bool",
        filter=[access(request.tokens), Q("term", theme=request.marking_theme)],
        must_not=closed,
    )
    words = A(
        "significant_text",
        field="body.exact",
        source_fields=["body"],
        filter_duplicate_text=True,
        size=MARKING_WORDS * 3,
        min_doc_count=3,
        background_filter=access(request.tokens).to_dict(),
    )
    everything = asked.aggs.bucket("everything", A("global"))
    sample = everything.bucket("theme", A("filter", mine)).bucket(
        "sample", A("sampler", shard_size=MARKING_SAMPLE)
    )
    sample.bucket("words", words)


def titles_search(tokens: Iterable[str], typed: str, limit: int) -> Search:
    """Pages whose titles hold a word that begins with each word typed."""
    matching = Q("match", title__prefix={"query": typed, "operator": "and"})
    asked = Search().query(Q("bool", must=[matching], filter=[access(tokens)]))
    return asked.source(False).sort("_score", "page_id")[:limit]


def related_search(tokens: Iterable[str], index: str, page_id: int, limit: int) -> Search:
    """Pages that share themes with this one, or unusual words."""
    here = {"index": index, "id": str(page_id), "path": "theme"}
    same_theme = Q("constant_score", filter=Q("terms", theme=here), boost=SAME_THEME_BOOST)
    query = Q(
        "bool",
        should=[same_theme, _like(index, page_id)],
        minimum_should_match=1,
        filter=[access(tokens)],
        must_not=[Q("ids", values=[str(page_id)])],
    )
    return Search().query(query).source(False).sort("_score", "page_id")[:limit]


def _like(index: str, page_id: int) -> Query:
    return Q(
        "more_like_this",
        fields=HELD,
        like=[{"_index": index, "_id": str(page_id)}],
        min_term_freq=1,
        min_doc_freq=2,
        max_query_terms=25,
        minimum_should_match="30%",
        stop_words=sorted(SET_ASIDE),
    )
