"""Saving a section while two auditors write at once, against the portal's barest answer, in turn."""

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from portal.benchmarks.asking import ask, post
from portal.benchmarks.figures import Figure, percentile
from portal.benchmarks.parts.pages import WSGI
from portal.benchmarks.run import Run
from portal.benchmarks.serving import Server, serving

BAREST = "/health/"
"""One query, no session, no page."""


@dataclass
class Writer:
    """One auditor in a section of theirs, who saves again and again, each time a little more."""

    port: int
    cookie: str
    path: str
    version: int
    boxes: dict[str, str]
    saves: int = 0
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    def save(self) -> float:
        """Seconds until the portal said that it is kept. The next save begins from that version."""
        self.saves += 1
        longer = {name: f"{words} {self.saves}." for name, words in self.boxes.items()}
        answer = post(
            self.port,
            self.path,
            {**longer, "base_version": str(self.version)},
            cookie=f"{self.cookie}; csrftoken={self.token}",
            token=self.token,
        )
        self.version = answer.told["version"]
        return answer.seconds

    def save_often(self, times: int) -> list[float]:
        return [self.save() for _ in range(times)]


@dataclass
class Round:
    """Milliseconds of each save and of each barest answer, and how many saves were done in a second."""

    saves: list[float]
    barest: list[float]
    per_second: float


def measure_writing(run: Run) -> list[Figure]:
    """Waits and saves a second, for each kind of database."""
    return [figure for kind in run.kinds for figure in _on(run, kind)]


def _on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "writing")
    found: list[dict[str, Any]] = stage.step("writers")
    run.say(f"Two auditors write at once on {kind} …")
    with serving(WSGI, settings.BASE_DIR, stage.environment) as portal:
        writers = [Writer(portal.port, **writer) for writer in found]
        _round(portal, writers, run.sizes.warm_up)
        rounds = [_round(portal, writers, run.sizes.saves) for _ in range(run.sizes.rounds)]
    return _figures(f"autosave, {kind}", rounds)


def _round(portal: Server, writers: list[Writer], times: int) -> Round:
    """Both save so many times at once; then as many ask for the barest answer."""
    with ThreadPoolExecutor(len(writers)) as pool:
        started = time.perf_counter()
        saves = list(pool.map(lambda writer: writer.save_often(times), writers))
        seconds = time.perf_counter() - started
        barest = list(pool.map(lambda _: _barest(portal.port, times), writers))
    return Round(_milliseconds(saves), _milliseconds(barest), len(writers) * times / seconds)


def _barest(port: int, times: int) -> list[float]:
    return [ask(port, BAREST).seconds for _ in range(times)]


def _milliseconds(seconds: list[list[float]]) -> list[float]:
    return [1000 * each for of_one in seconds for each in of_one]


def _figures(part: str, rounds: list[Round]) -> list[Figure]:
    p50, p95 = (tuple(percentile(one.saves, share) for one in rounds) for share in (50, 95))
    times_barest = tuple(percentile(one.saves, 50) / percentile(one.barest, 50) for one in rounds)
    return [
        Figure(part, "a save, two at once, p50", p50, "ms"),
        Figure(part, "a save, two at once, p95", p95, "ms"),
        Figure(part, "saves a second, two at once", tuple(one.per_second for one in rounds)),
        Figure(part, "a save ÷ the barest answer, p50", times_barest),
    ]
