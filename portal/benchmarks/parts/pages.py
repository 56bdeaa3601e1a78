"""Signed-in pages against a bare Wagtail page, served the same way, in turn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from portal.benchmarks.asking import ask
from portal.benchmarks.bare import WSGI as BARE_WSGI
from portal.benchmarks.bare import make_bare_site
from portal.benchmarks.figures import Figure, ratios
from portal.benchmarks.run import Run
from portal.benchmarks.serving import Server, serving
from portal.benchmarks.sizes import Sizes
from portal.benchmarks.stages import Stage
from portal.benchmarks.weight import MOST_BYTES, page_weight

WSGI = "portal.wsgi"
BARE = "bare"
MOST_TIMES_BARE = 3
MOST_QUERIES = 12


@dataclass(frozen=True)
class Subject:
    """A page that is measured: milliseconds of processor time per request, one for each round."""

    server: Server
    path: str
    cookie: str = ""
    milliseconds: list[float] = field(default_factory=list)

    def ask(self, times: int) -> None:
        for _ in range(times):
            ask(self.server.port, self.path, self.cookie)

    def measure(self, requests: int) -> None:
        before = self.server.processor_seconds()
        self.ask(requests)
        used = self.server.processor_seconds() - before
        self.milliseconds.append(used / requests * 1000)


def measure_pages(run: Run) -> list[Figure]:
    """Ratios to bare, queries, and bytes, for each kind of database."""
    return [figure for kind in run.kinds for figure in _on(run, kind)]


def _on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "pages")
    run.say(f"Counting the queries of every guidance page and finding on {kind} …")
    seen = stage.step("pages")
    folder, environment = make_bare_site(run.ground, kind)
    run.say(f"Asking for pages in turn on {kind} …")
    with (
        serving(WSGI, settings.BASE_DIR, stage.environment) as portal,
        serving(BARE_WSGI, folder, environment) as bare,
    ):
        subjects = _subjects(portal, bare, seen)
        take_turns(subjects, run.sizes)
        weights = {name: _weight(subjects[name]) for name in seen["kinds"]}
    return [*_times(kind, subjects), *_counts(kind, stage, seen, weights)]


def _subjects(portal: Server, bare: Server, seen: dict[str, Any]) -> dict[str, Subject]:
    pages = {name: Subject(portal, found["path"], seen["cookie"])
             for name, found in seen["kinds"].items()}  # fmt: skip
    return {BARE: Subject(bare, "/"), **pages}


def take_turns(subjects: dict[str, Subject], sizes: Sizes) -> None:
    """Round by round each page once; the order turns, so that none always follows the same."""
    order = list(subjects.values())
    for subject in order:
        subject.ask(sizes.warm_up)
    for _ in range(sizes.rounds):
        for subject in order:
            subject.measure(sizes.requests)
        order.append(order.pop(0))


def _weight(subject: Subject) -> int:
    fetch: Callable[[str], bytes] = lambda path: ask(subject.server.port, path).body  # noqa: E731
    return page_weight(ask(subject.server.port, subject.path, subject.cookie).body, fetch)


def _times(kind: str, subjects: dict[str, Subject]) -> list[Figure]:
    bare = subjects[BARE].milliseconds
    part = f"pages, {kind}"
    times = [
        Figure(part, f"{name}: processor time a request", tuple(subject.milliseconds), "ms")
        for name, subject in subjects.items()
    ]
    return times + [
        Figure(part, f"{name} ÷ bare", ratios(subject.milliseconds, bare),
               at_most=MOST_TIMES_BARE)
        for name, subject in subjects.items() if name != BARE
    ]  # fmt: skip


def _counts(kind: str, stage: Stage, seen: dict[str, Any], weights: dict[str, int]) -> list[Figure]:
    part = f"pages, {kind}"
    figures = []
    for name, found in seen["kinds"].items():
        among = f"most of {found['pages']} pages"
        figures += [
            Figure(part, f"{name}: queries, {among}", (found["queries"],), at_most=MOST_QUERIES),
            Figure(part, f"{name}: queries repeated, {among}", (found["repeated"],), at_most=0),
            Figure(part, f"{name}: bytes with styles and scripts", (weights[name],),
                   at_most=MOST_BYTES),
        ]  # fmt: skip
    return figures
