"""Suggested themes in the editors' admin: looked at, confirmed or turned down, many at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from audit_pages.importing import selectors
from audit_pages.importing.forms import AddThemeForm, ThemeFilterForm
from audit_pages.importing.models import SuggestionRun
from audit_pages.importing.resuggesting import start_suggesting
from audit_pages.importing.selectors import ThemeFilter
from audit_pages.importing.tasks import go_on_suggesting
from audit_pages.importing.theming import (
    add_theme,
    confirm_themes,
    dismiss_themes,
    suggest_again,
)
from audit_pages.importing.views import REFRESH_SECONDS, for_importers, has_been_quiet, show

ON_A_PAGE = 50


@for_importers
def themes(request: HttpRequest) -> HttpResponse:
    form = ThemeFilterForm(request.GET)
    chosen = form.chosen()
    if request.method == "POST":
        return _change(request, chosen)
    page = Paginator(chosen.entries(), ON_A_PAGE).get_page(request.GET.get("p"))
    page.object_list = selectors.with_findings(list(page.object_list))
    return show(
        request,
        "themes",
        "Suggested themes",
        form=form,
        chosen=chosen,
        entries=page,
        query=_query(request),
        add_form=AddThemeForm(),
        imported=selectors.imported_count(),
    )


@for_importers
def suggest_anew(request: HttpRequest) -> HttpResponse:
    """Asks on GET and shows how far it is; on POST the task worker begins, or goes on."""
    if request.method == "POST":
        go_on_suggesting.enqueue(start_suggesting(by=request.user).pk)
        return redirect("imports:suggest_anew")
    run = SuggestionRun.objects.select_related("asked_by").first()
    is_stalled = run is not None and run.is_running and has_been_quiet(run.touched_at)
    response = show(
        request,
        "suggest_anew",
        "Suggest themes again",
        run=run,
        imported=selectors.imported_count(),
        is_stalled=is_stalled,
    )
    if run and run.is_running and not is_stalled:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def _query(request: HttpRequest) -> str:
    """The filter as the beginning of an address that a page number follows."""
    said = request.GET.copy()
    said.pop("p", None)
    return f"{said.urlencode()}&" if said else ""


def _change(request: HttpRequest, chosen: ThemeFilter) -> HttpResponse:
    step = request.POST.get("step", "")
    ids = _ids(request, chosen, everything=step.endswith("_all"))
    if not ids:
        messages.warning(request, "Tick at least one row first.")
    elif step.startswith("confirm"):
        done = confirm_themes(tag_ids=ids, by=request.user)
        messages.success(request, f"{done:,} confirmed.")
    elif step == "dismiss":
        done = dismiss_themes(tag_ids=ids, by=request.user)
        messages.success(request, f"{done:,} turned down. They are not suggested again.")
    elif step == "add":
        _add(request, chosen.page_ids(ids))
    elif step == "suggest":
        done = suggest_again(dismissed_ids=ids, by=request.user)
        messages.success(request, f"{done:,} suggested again.")
    return redirect(f"{reverse('imports:themes')}?{request.GET.urlencode()}")


def _add(request: HttpRequest, page_ids: list[int]) -> None:
    form = AddThemeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["added"][0]))
        return
    theme = form.cleaned_data["added"]
    done = add_theme(page_ids=page_ids, theme=theme, by=request.user)
    findings = "finding" if done.added == 1 else "findings"
    messages.success(request, f"{theme.label}: added to {done.added:,} {findings}.")
    if done.had:
        messages.info(request, f"{done.had:,} had it already.")
    if done.full:
        messages.warning(
            request, f"{done.full:,} have four themes, as many as a text may have: turn one down."
        )


def _ids(request: HttpRequest, chosen: ThemeFilter, *, everything: bool) -> list[Any]:
    """The ticked entries that the filter shows; or all of them, when it is narrow enough to be meant."""
    entries = chosen.entries()
    if everything:
        return list(entries.values_list("pk", flat=True)) if chosen.is_narrow else []
    ticked = [int(value) for value in request.POST.getlist("entry") if _is_number(value)]
    return list(entries.filter(pk__in=ticked).values_list("pk", flat=True))


def _is_number(value: str) -> bool:
    """Whether a ticked box may carry this: a number that a database can hold."""
    return value.isdecimal() and len(value) < 19
