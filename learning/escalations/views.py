"""The list of escalations, and one with its clocks and its story."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from learning.access.work import next_and_others
from learning.escalations.clocks import clocks_of
from learning.escalations.models import Escalation
from learning.escalations.next_steps import actions_for, what_comes
from learning.escalations.permissions import user_sees_all, user_sees_words
from learning.escalations.reaching import crumbs, escalation_for
from learning.escalations.selectors import escalations_to_list, handovers_of, rows_of
from learning.escalations.story import story_of
from learning.programme.settings import AuditSettings

ROWS_A_PAGE = 50
OPEN, ALL = "open", "all"


def list_escalations(request: HttpRequest) -> HttpResponse:
    only_open = request.GET.get("which") != ALL
    rows = escalations_to_list(request.user, only_open=only_open)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(page),
        "tabs": [
            {"title": "Open", "url": "?which=open", "current": only_open},
            {"title": "All", "url": "?which=all", "current": not only_open},
        ],
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "learning/escalations/list.html", context)


def show_escalation(request: HttpRequest, escalation_ref: str) -> HttpResponse:
    escalation = escalation_for(request.user, escalation_ref)
    sees_words = user_sees_words(request.user, escalation)
    sees_all = user_sees_all(request.user, escalation)
    now, clocks = timezone.now(), clocks_of(escalation, AuditSettings.load())
    context = {
        "escalation": escalation,
        "row": rows_of([escalation])[0],
        "clocks": [(clock.words(now), clock.is_late(now)) for clock in clocks],
        "sees_words": sees_words,
        "notes": escalation.notes.select_related("written_by") if sees_words else [],
        "handovers": handovers_of(escalation) if sees_all else [],
        "story": story_of(escalation, with_alerts=sees_all),
        "facts": _facts(escalation, request.user),
        "what_comes": what_comes(escalation),
        **next_and_others(actions_for(request.user, escalation)),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/escalations/escalation.html", context)


def _facts(escalation: Escalation, user: Any) -> list[tuple[str, Any]]:
    """What stands beside the page: people and what the QA office alone knows."""
    facts: list[tuple[str, Any]] = [
        ("Status", escalation.get_state_display()),
        ("Cycle", escalation.cycle),
    ]
    if escalation.recipient:
        facts.append(("Conveyed to", escalation.recipient))
    if escalation.named_manager:
        facts.append(("Read by the line manager", escalation.named_manager))
    if user_sees_all(user, escalation):
        elsewhere = "Yes" if escalation.is_referred_elsewhere else "No"
        facts += [
            (escalation.about_words.capitalize(), escalation.about),
            ("Referred elsewhere", elsewhere),
        ]
    return facts
