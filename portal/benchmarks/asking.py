"""Readers: one request on a connection of its own, or several readers at once."""

import http.client
import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

Job = TypeVar("Job")


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    body: bytes
    seconds: float

    @property
    def told(self) -> Any:
        """The values of an answer in JSON."""
        return json.loads(self.body)


def ask(port: int, path: str, cookie: str = "") -> Answer:
    """The page at this path. Raises `OSError` for any answer but 200: a refusal is fast."""
    return _answer(port, "GET", path, None, {"Cookie": cookie} if cookie else {})


def post(port: int, path: str, fields: Mapping[str, str], *, cookie: str, token: str) -> Answer:
    """What the portal says to these fields, sent as the page's script sends them."""
    headers = {
        "Cookie": cookie,
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _answer(port, "POST", path, urlencode(fields), headers)


def _answer(
    port: int, method: str, path: str, body: str | None, headers: Mapping[str, str]
) -> Answer:
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")
    return Answer(content, time.perf_counter() - started)


def at_once(readers: int, jobs: Sequence[Job], work: Callable[[Job], float]) -> list[float]:
    """Seconds of each job, done by so many readers who each take the next when theirs is done."""
    with ThreadPoolExecutor(readers) as pool:
        return list(pool.map(work, jobs))
