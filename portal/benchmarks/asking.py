"""Readers: one request on a connection of its own, or several readers at once."""

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

Job = TypeVar("Job")


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    body: bytes
    seconds: float


def ask(port: int, path: str, cookie: str = "") -> Answer:
    """The page at this path. Raises `OSError` for any answer but 200: a refusal is fast."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")
    return Answer(body, time.perf_counter() - started)


def at_once(readers: int, jobs: Sequence[Job], work: Callable[[Job], float]) -> list[float]:
    """Seconds of each job, done by so many readers who each take the next when theirs is done."""
    with ThreadPoolExecutor(readers) as pool:
        return list(pool.map(work, jobs))
