"""A page of results as the components show it. Looks nothing up."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from audit_pages.templatetags.portal_pages import LOOKS, theme_url
from search.engines.contract import OWN_SOURCE
from search.queries.reading import SPELLING
from search.queries.search_query import FACETS, SORTS, SearchQuery
from search.results.finding import Found, Hit
from search.results.labels import FACET_TITLES, OPEN_AT_FIRST, Labels

SORT_TITLES = {"relevance": "Best match", "newest": "Newest first"}
VALUES_SHOWN = 10
"""Of a facet, before “Show all”."""
THEMES_SHOWN = 4
SOME_WORDS = "holds some of your words"


def address(query: SearchQuery) -> str:
    """The search page at this query."""
    return f"{reverse('search:results')}?{query.to_parameters()}"


def result_item(hit: Hit, labels: Labels, *, note: str = "") -> dict[str, Any]:
    """What `components/result_item.html` shows; `note` stands beside where it comes from."""
    values = hit.document["values"]
    kind = values["kind"][0]
    return {
        "title": hit.highlight.title,
        "url": hit.url,
        "kind": LOOKS.get(kind, kind),
        "kind_label": labels.of("kind", kind),
        "where": " · ".join([*_where(hit, labels), *([note] if note else [])]),
        "highlight": hit.highlight.text,
        "themes": _themes(values, labels),
    }


def _where(hit: Hit, labels: Labels) -> list[str]:
    """The source or quarter, and the section that the words stand in."""
    values = hit.document["values"]
    parts = [value for value in values["source"] if value != OWN_SOURCE]
    parts += [labels.of("quarter", value) for value in values["quarter"]]
    if values["source"] != [OWN_SOURCE] and hit.document["dated_on"]:
        parts.append(hit.document["dated_on"][:4])
    if hit.highlight.heading:
        parts.append(f"in “{hit.highlight.heading}”")
    return parts


def _themes(values: Mapping[str, list[str]], labels: Labels) -> list[dict[str, Any]]:
    own = [(code, False) for code in values["theme"]]
    suggested = [(code, True) for code in values["suggested_theme"]]
    return [
        {"title": labels.of("theme", code), "url": theme_url(code), "suggested": is_suggested}
        for code, is_suggested in (own + suggested)[:THEMES_SHOWN]
    ]


def facet_groups(found: Found, whole: str = "") -> list[dict[str, Any]]:
    """What `components/facets.html` offers: values with their counts, and whatever is chosen.

    A long facet shows its first values; `whole` names the one that is shown with all of them.
    """
    return [
        group
        for name in FACETS
        if (group := _facet_group(name, found, is_whole=name == whole))["options"]
    ]


def _facet_group(name: str, found: Found, *, is_whole: bool) -> dict[str, Any]:
    chosen = found.query.facets.get(name, ())
    counts = {**dict.fromkeys(chosen, 0), **found.facets.get(name, {})}
    in_order = found.labels.in_order(name, list(counts.items()))
    shown = [
        (value, count)
        for place, (value, count) in enumerate(in_order)
        if is_whole or place < VALUES_SHOWN or value in chosen
    ]
    return {
        "name": name,
        "title": FACET_TITLES[name],
        "open": bool(chosen) or name in OPEN_AT_FIRST or is_whole,
        "all": len(in_order) if len(shown) < len(in_order) else 0,
        "all_url": f"{address(found.query)}&whole={name}",
        "options": [
            {
                "id": f"{name}-{place}",
                "value": value,
                "label": found.labels.of(name, value),
                "count": str(count),
                "selected": value in chosen,
            }
            for place, (value, count) in enumerate(shown, 1)
        ],
    }


def kept_fields(query: SearchQuery) -> list[dict[str, str]]:
    """What the form that narrows carries along unseen."""
    kept = [("sort", query.sort)] if query.sort != "relevance" else []
    kept += [("synonyms", "off")] if not query.synonyms else []
    kept += [("not_read", key) for key in sorted(query.taken_off)]
    return [{"name": name, "value": value} for name, value in kept]


def chosen_filters(found: Found) -> list[dict[str, str]]:
    """Every facet value chosen, each with the address without it."""
    return [
        {"title": found.labels.of(name, value), "url": address(found.query.toggling(name, value))}
        for name in FACETS
        for value in found.query.facets.get(name, ())
    ]


def read_filters(found: Found) -> list[dict[str, str]]:
    """What was read from the words, each with the address that takes the words as words."""
    query = found.query
    return [
        {
            "words": read.words,
            "title": read.label,
            "url": address(query.with_changes(taken_off=query.taken_off | {read.key})),
        }
        for read in found.reading.filters
    ]


def offered_filters(found: Found) -> list[dict[str, str]]:
    """Choices that the words suggest, each with the address that shows only these; none that is
    made already or would leave nothing."""
    query = found.query
    return [
        {
            "title": found.labels.of(o.facet, o.value),
            "url": address(query.toggling(o.facet, o.value)),
        }
        for o in found.reading.offers
        if o.value not in query.facets.get(o.facet, ())
        and 0 < found.facets.get(o.facet, {}).get(o.value, 0) < found.total
    ]


def synonyms_used(found: Found) -> list[str]:
    """What was searched for beside the words typed, as a reader would write it."""
    return list(
        dict.fromkeys(
            other for group in found.reading.words.counting for other in group.other_words
        )
    )


def as_typed(found: Found) -> str:
    """The address that searches for a respelt query as it was typed."""
    taken_off = found.query.taken_off | {SPELLING}
    return address(found.query.with_changes(text=found.typed, taken_off=taken_off))


def sort_links(query: SearchQuery) -> list[dict[str, Any]]:
    """The orders to choose from; for words only."""
    return [
        {
            "title": SORT_TITLES[sort],
            "url": address(query.with_changes(sort=sort)),
            "current": query.sort == sort,
        }
        for sort in SORTS
    ]


def switches(query: SearchQuery) -> list[dict[str, Any]]:
    """The single choices below the facets."""
    return [
        {
            "name": "suggested",
            "label": "Count suggested themes too",
            "hint": "Themes that no editor has confirmed yet",
            "checked": query.include_suggested,
        }
    ]


def hits_in_parts(found: Found) -> dict[str, list[dict[str, Any]]]:
    """The hits in their order, parted after the last that holds all words; one before it that
    does not says so."""
    last = max((place for place, hit in enumerate(found.hits, 1) if hit.all_words), default=0)
    labels = found.labels
    return {
        "hits": [
            result_item(hit, labels, note="" if hit.all_words else SOME_WORDS)
            for hit in found.hits[:last]
        ],
        "partial_hits": [result_item(hit, labels) for hit in found.hits[last:]],
    }
