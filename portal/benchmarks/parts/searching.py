"""The search page and what is offered while typing, against the engine's own answer, in turn."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from django.conf import settings

from portal.benchmarks import indices
from portal.benchmarks.asking import ask, at_once
from portal.benchmarks.figures import Figure, percentile, ratios
from portal.benchmarks.parts.library import library
from portal.benchmarks.parts.pages import WSGI
from portal.benchmarks.run import Run
from portal.benchmarks.serving import Server, serving

MOST_QUERIES = 8
PAGE, TYPING, RAW = "search page", "as-you-type", "raw _search"
TARGETS = {PAGE: (90, 250), TYPING: (25, 80), RAW: (15, 60)}
"""Milliseconds at most: the median, and what 95 of 100 stay within."""


@dataclass(frozen=True)
class Course:
    """What readers ask for again and again; milliseconds of each answer, round by round."""

    work: Callable[[Any], float]
    jobs: list[Any]
    rounds: list[list[float]] = field(default_factory=list)

    def take(self, readers: int, times: int) -> None:
        jobs = list(islice(cycle(self.jobs), times))
        self.rounds.append([s * 1000 for s in at_once(readers, jobs, self.work)])

    def each(self, share: int) -> tuple[float, ...]:
        return tuple(percentile(taken, share) for taken in self.rounds)


def measure_search(run: Run) -> list[Figure]:
    """What readers wait, at the same time; what one search asks of engine and database."""
    stage = library(run)
    run.say("Looking at what each search asks …")
    seen = stage.step("searches")
    run.say(f"{run.sizes.readers} readers search at once …")
    with serving(WSGI, settings.BASE_DIR, stage.environment) as portal:
        courses = _courses(portal, run.elasticsearch_url, seen)
        used = take_turns(courses, portal, run)
    return [*_waits(courses), *_comparison(courses), *_counts(seen), used]


def _courses(portal: Server, engine: str, seen: dict[str, Any]) -> dict[str, Course]:
    def page(path: str) -> float:
        return ask(portal.port, path, seen["cookie"]).seconds

    paths = [search["path"] for search in seen["searches"]]
    bodies = [search["body"] for search in seen["searches"]]
    return {
        PAGE: Course(page, paths),
        TYPING: Course(page, seen["typed"]),
        RAW: Course(_asking_raw(engine, seen["alias"]), bodies),
    }


def _asking_raw(engine: str, alias: str) -> Callable[[Any], float]:
    """Asks the engine on a connection that each reader keeps, as the portal's workers do."""
    kept = threading.local()

    def raw(body: Any) -> float:
        if not hasattr(kept, "connection"):
            kept.connection = indices.connect(engine)
        started = time.perf_counter()
        indices.ask(kept.connection, "POST", f"/{alias}/_search", body)
        return time.perf_counter() - started

    return raw


def take_turns(courses: dict[str, Course], portal: Server, run: Run) -> Figure:
    """Every course in each round, after a round that is not counted; processor time of a page."""
    sizes, used = run.sizes, []
    for course in courses.values():
        course.take(sizes.readers, sizes.warm_up)
        course.rounds.clear()
    for _ in range(sizes.rounds):
        for name, course in courses.items():
            before = portal.processor_seconds()
            course.take(sizes.readers, sizes.searches)
            if name == PAGE:
                used.append((portal.processor_seconds() - before) / sizes.searches * 1000)
    return Figure("search", f"{PAGE}: processor time a request", tuple(used), "ms")


def _waits(courses: dict[str, Course]) -> list[Figure]:
    return [
        Figure("search", f"{name}, p{share}", course.each(share), "ms", at_most=target)
        for name, course in courses.items()
        for share, target in zip((50, 95), TARGETS[name], strict=True)
    ]


def _comparison(courses: dict[str, Course]) -> list[Figure]:
    """Against the engine in the same round; as far apart as the targets themselves, at most."""
    return [
        Figure(
            "search",
            f"{name} ÷ {RAW}, p{share}",
            ratios(courses[name].each(share), courses[RAW].each(share)),
            at_most=round(TARGETS[name][place] / TARGETS[RAW][place], 1),
        )
        for name in (PAGE, TYPING)
        for place, share in enumerate((50, 95))
    ]


def _counts(seen: dict[str, Any]) -> list[Figure]:
    def most(key: str) -> tuple[float]:
        return (max(search[key] for search in seen["searches"]),)

    among = f"most of {len(seen['searches'])}"
    asking_again = sum(search["engine_requests"] > 1 for search in seen["searches"])
    return [
        Figure("search", f"requests to the engine, {among}", most("engine_requests"), at_most=1),
        Figure(
            "search", f"searches that ask it again, of {len(seen['searches'])}", (asking_again,)
        ),
        Figure("search", f"SQL queries, {among}", most("queries"), at_most=MOST_QUERIES),
        Figure("search", f"SQL queries repeated, {among}", most("repeated"), at_most=0),
    ]
