"""The SQL of the database engine, the same for SQLite and PostgreSQL but for how words are
matched."""

from collections.abc import Iterable, Sequence
from typing import Any

from search.analysis.analyser import normalise
from search.analysis.tokens import words_of
from search.engines.contract import About, EngineRequest, Lift
from search.engines.database.dialects import Sql, alternatives_of, dialect
from search.queries.search_query import FACETS
from search.words.synonyms import Group, Terms

STEP = 0.2
"""The share of the best match's score that a lift of worth 1 adds."""


def search_statement(request: EngineRequest) -> Sql:
    """One statement whose rows are `part, name, value, number, all_words`.

    `allowed` is everything found; a facet's own choice is left out of its own counts by testing,
    row by row, the choices of the others.
    """
    found, parameters = _found(request)
    allowed, allowed_parameters = _allowed(request)
    chosen = [name for name in FACETS if request.facets.get(name)]
    everywhere = _passing(chosen)
    facets, facet_parameters = _facet_counts(request, chosen)
    sql = f"""
    WITH found AS MATERIALIZED ({found}), allowed AS MATERIALIZED ({allowed})
    SELECT 'total' AS part, '' AS name, '' AS value,
           CAST(count(*) AS double precision) AS number, sum(all_words) AS all_words
    FROM allowed WHERE {everywhere}
    UNION ALL {facets}
    UNION ALL SELECT * FROM (
        SELECT 'hit', CAST(page_id AS text), '', CAST(score AS double precision), all_words
        FROM allowed WHERE {everywhere} ORDER BY {_order(request)} LIMIT %s OFFSET %s
    ) AS hits
    """
    page = [request.limit, request.offset]
    return sql, [*parameters, *allowed_parameters, *facet_parameters, *page]


def _order(request: EngineRequest) -> str:
    if request.sort != "newest":
        return "in_front DESC, score DESC, page_id"
    return "in_front DESC, dated_on DESC, page_id" if request.words else (
        "dated_on DESC, score DESC, page_id"
    )  # fmt: skip


def _allowed(request: EngineRequest) -> Sql:
    """What was found and the reader may see, with a column for each facet that is chosen."""
    columns, column_parameters = _choice_columns(request)
    all_words, all_parameters = _all_words(request)
    in_front, front_parameters = _all_words(request, in_front=True)
    score, score_parameters = _score(request.lifts)
    conditions, parameters = _conditions(request)
    sql = f"""
        SELECT p.page_id, {score} AS score, COALESCE(p.dated_on, '0001-01-01') AS dated_on,
               {all_words} AS all_words, {in_front} AS in_front{columns}
        FROM found JOIN search_projection p ON p.page_id = found.page_id
             CROSS JOIN (SELECT COALESCE(NULLIF(max(score), 0), 1) AS best FROM found) AS top
        WHERE {conditions}
    """
    before = [*score_parameters, *all_parameters, *front_parameters]
    return sql, [*before, *column_parameters, *parameters]


def _score(lifts: Sequence[Lift]) -> Sql:
    """How well the words match, and so much of the best match's score for each lift."""
    score, parameters = "found.score", []
    for lift in lifts:
        carrying, more = _tagged(_either_theme(lift.field), lift.values)
        score += (
            f" + CASE WHEN p.page_id IN ({carrying}) THEN {STEP * lift.worth} * best ELSE 0 END"
        )
        parameters += more
    return score, parameters


def _found(request: EngineRequest) -> Sql:
    words = request.words
    ranked = [phrases for group in words.counting for phrases in _rankings_of(group)]
    ranked += [(phrase,) for phrase in (*words.phrases, *words.welcome)]
    if not ranked:
        return "SELECT page_id, 0.0 AS score FROM search_projection WHERE NOT gone", []
    return dialect().ranked(ranked)


def _rankings_of(group: Group) -> Iterable[tuple[Terms, ...]]:
    """What a stretch adds to a page's rank: itself or a synonym; itself once more, so that literal
    matches rank above synonyms; and each word of a phrase, for any word may match."""
    yield group.alternatives
    if group.others and group.literal:
        yield (group.terms,)
    if len(group.terms) > 1:
        yield from (((term,),) for term in group.terms)


def _all_words(request: EngineRequest, *, in_front: bool = False) -> Sql:
    """1 where a page (its title and summary) holds every stretch of the query."""
    groups = alternatives_of(request.words.counting)
    if not groups:
        return "1", []
    sql, parameters = dialect().pages_holding(groups, in_front=in_front)
    return f"CASE WHEN p.page_id IN ({sql}) THEN 1 ELSE 0 END", parameters


def _choice_columns(request: EngineRequest) -> Sql:
    columns, parameters = "", []
    for name in FACETS:
        if values := request.facets.get(name):
            sql, more = _tagged(_fields_of(name, request.include_suggested), values)
            columns += f", CASE WHEN p.page_id IN ({sql}) THEN 1 ELSE 0 END AS in_{name}"
            parameters += more
    return columns, parameters


def _fields_of(facet: str, include_suggested: bool) -> list[str]:
    return ["theme", "suggested_theme"] if facet == "theme" and include_suggested else [facet]


def _tagged(fields: Sequence[str], values: Iterable[str]) -> Sql:
    held = list(values)
    return (
        f"SELECT page_id FROM search_projectionvalue WHERE field IN ({_places(fields)})"
        f" AND value IN ({_places(held)})",
        [*fields, *held],
    )


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _conditions(request: EngineRequest) -> Sql:
    opened, parameters = _tagged(["acl"], sorted(request.tokens))
    parts = [f"p.page_id IN ({opened})", "NOT p.gone"]
    if request.words.phrases:
        sql, more = dialect().pages_holding([(phrase,) for phrase in request.words.phrases])
        parts.append(f"p.page_id IN ({sql})")
        parameters += more
    for about in request.about:
        sql, more = _about(about)
        parts.append(sql)
        parameters += more
    if request.span and request.span.first:
        parts.append("p.dated_on >= %s")
        parameters.append(request.span.first)
    if request.span and request.span.last:
        parts.append("p.dated_on <= %s")
        parameters.append(request.span.last)
    if request.excluded:
        parts.append(f"p.page_id NOT IN ({_places(sorted(request.excluded))})")
        parameters += sorted(request.excluded)
    return " AND ".join(parts), parameters


def _about(about: About) -> Sql:
    """Tagged with it, suggested or confirmed, or holding what it is called."""
    tagged, parameters = _tagged(_either_theme(about.field), [about.code])
    held, more = dialect().pages_holding([about.phrases])
    return f"(p.page_id IN ({tagged}) OR p.page_id IN ({held}))", [*parameters, *more]


def _either_theme(field: str) -> list[str]:
    """A theme counts whether it is confirmed or suggested."""
    return ["theme", "suggested_theme"] if field == "theme" else [field]


def _passing(names: Iterable[str]) -> str:
    return " AND ".join(f"in_{name} = 1" for name in names) or "1 = 1"


def _facet_counts(request: EngineRequest, chosen: Sequence[str]) -> Sql:
    """Counts of pages by value; for each facet, among the pages that pass the others' choices."""
    fields = [*FACETS, *(["suggested_theme"] if request.include_suggested else [])]
    name = "CASE field WHEN 'suggested_theme' THEN 'theme' ELSE field END"
    tests = " ".join(
        f"WHEN {name} = '{facet}' THEN {_passing(f for f in chosen if f != facet)}"
        for facet in chosen
    )
    passing = f"CASE {tests} ELSE {_passing(chosen)} END" if chosen else "1 = 1"
    sql = f"""
        SELECT 'facet', {name}, value, CAST(count(DISTINCT allowed.page_id) AS double precision), 0
        FROM allowed JOIN search_projectionvalue v ON v.page_id = allowed.page_id
        WHERE field IN ({_places(fields)}) AND {passing}
        GROUP BY 2, 3
    """
    return sql, list(fields)


def titles_statement(tokens: frozenset[str], typed: str, limit: int) -> Sql:
    """Pages by title, word by word from the beginning of words; short titles first."""
    words = [normalise(word.text) for word in words_of(typed)][:8]
    opened, parameters = _tagged(["acl"], sorted(tokens))
    likes = " AND ".join(["folded_title LIKE %s ESCAPE '!'"] * len(words)) or "1 = 0"
    sql = f"""
        SELECT page_id FROM search_projection
        WHERE NOT gone AND page_id IN ({opened}) AND {likes}
        ORDER BY CASE WHEN folded_title LIKE %s ESCAPE '!' THEN 0 ELSE 1 END,
                 length(folded_title), page_id
        LIMIT %s
    """
    first = f" {_for_like(words[0])}%" if words else ""
    return sql, [*parameters, *(f"% {_for_like(word)}%" for word in words), first, limit]


def _for_like(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def related_statement(tokens: frozenset[str], page_id: int, limit: int) -> Sql:
    """Pages that share confirmed themes: each counts the more, the fewer pages carry it."""
    opened, parameters = _tagged(["acl"], sorted(tokens))
    sql = f"""
        SELECT other.page_id
        FROM search_projectionvalue mine
        JOIN search_projectionvalue other
          ON other.field = 'theme' AND other.value = mine.value AND other.page_id <> mine.page_id
        JOIN (SELECT value, count(*) AS pages FROM search_projectionvalue
              WHERE field = 'theme' GROUP BY value) AS spread ON spread.value = mine.value
        JOIN search_projection p ON p.page_id = other.page_id AND NOT p.gone
        WHERE mine.field = 'theme' AND mine.page_id = %s AND other.page_id IN ({opened})
        GROUP BY other.page_id, p.dated_on
        ORDER BY sum(1.0 / spread.pages) DESC, COALESCE(p.dated_on, '0001-01-01') DESC, other.page_id
        LIMIT %s
    """
    return sql, [page_id, *parameters, limit]
