"""The search page, its CSV and the suggestions while typing."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from audit_pages.publishing.readers import tokens_of
from search.queries.search_query import SearchQuery
from search.reports.recording import record_fruitless
from search.results import presenting
from search.results.finding import DEEPEST, HITS_PER_PAGE, Found, find
from search.results.spreadsheet import results_as_csv
from search.suggestions.spelling import corrected
from search.suggestions.typing import suggestions_for


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What the signed-in person finds."""
    query = SearchQuery.from_parameters(request.GET)
    if not tokens_of(request.user):
        return render(request, "search/no_reading.html", {"query": query}, status=403)
    found = find(query, request.user)
    if found.total and not found.hits and query.page > 1:
        return redirect(presenting.address(replace(query, page=found.pages)))
    record_fruitless(found, request.user)
    whole = request.GET.get("whole", "")
    return render(request, "search/results.html", _context(found, request.user, whole))


def _context(found: Found, user: Any, whole: str = "") -> dict[str, Any]:
    paginator = Paginator(range(min(found.total, DEEPEST)), HITS_PER_PAGE)
    query = found.query
    page = paginator.get_page(query.page)
    return {
        "found": found,
        "query": query,
        "hide_header_search": True,
        **presenting.hits_in_parts(found),
        "facets": presenting.facet_groups(found, whole),
        "switches": presenting.switches(query),
        "kept_fields": presenting.kept_fields(query),
        "chosen_filters": presenting.chosen_filters(found),
        "read_filters": presenting.read_filters(found),
        "offered_filters": presenting.offered_filters(found),
        "synonyms_used": presenting.synonyms_used(found),
        "without_synonyms_url": presenting.address(query.with_changes(synonyms=False)),
        "with_synonyms_url": presenting.address(query.with_changes(synonyms=True)),
        "clear_url": presenting.address(query.with_changes(facets={}, include_suggested=False)),
        "sort_links": presenting.sort_links(query),
        "corrected": corrected(found, user),
        "as_typed_url": presenting.as_typed(found),
        "parameters": query.to_parameters(),
        "page_obj": page,
        "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@require_safe
def results_csv(request: HttpRequest) -> HttpResponseBase:
    """The same results as a spreadsheet, up to a thousand of them."""
    if not tokens_of(request.user):
        raise PermissionDenied
    return results_as_csv(SearchQuery.from_parameters(request.GET), request.user)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and themes that begin as typed."""
    return JsonResponse({"suggestions": suggestions_for(request.GET.get("q", ""), request.user)})
