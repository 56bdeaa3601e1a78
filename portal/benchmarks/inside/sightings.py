"""How long a change takes to reach the results, while a task worker runs as in use."""

import time
from itertools import cycle
from typing import Any

from audit_pages.models import FindingPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from audit_pages.starter.checking import check_loaded
from learning.people.roles import Role
from portal.benchmarks.inside.readers import reader
from portal.demo.loader import first_with, kept_words
from search.queries.search_query import SearchQuery
from search.results.finding import find

LONGEST_WAIT = 120
BETWEEN_LOOKS = 0.02
OUT_OF_STEP = 0.37
"""Seconds between two publications, so that they meet the worker at every point of its round."""


def publish_and_watch(*, sightings: int) -> list[float]:
    """Seconds from the moment when publishing is done until a search finds the new word."""
    findings = cycle(FindingPage.objects.live().order_by("path"))
    _seconds_until_seen(next(findings), "benchwarmer")
    seen = []
    for number in range(sightings):
        time.sleep(OUT_OF_STEP)
        seen.append(_seconds_until_seen(next(findings), f"benchword{number}x"))
    return seen


def _seconds_until_seen(page: FindingPage, word: str) -> float:
    page = FindingPage.objects.get(pk=page.pk)
    page.summary = word
    page.save_revision(user=first_with(Role.EDITOR))
    check_loaded(page, checked_by=first_with(Role.QA_OFFICER), kept=kept_words())
    approve_and_publish(page=page, approved_by=first_with(Role.LEAD_QA), route=Approval.Route.BATCH)
    started, person = time.perf_counter(), reader()
    while not _is_found(word, person):
        if time.perf_counter() - started > LONGEST_WAIT:
            raise TimeoutError("A published change did not reach the results.")
        time.sleep(BETWEEN_LOOKS)
    return time.perf_counter() - started


def _is_found(word: str, person: Any) -> bool:
    return find(SearchQuery(text=word), person).total > 0
