"""A line to the real Elasticsearch that can be cut, hang, or bring answers of its own."""

import http.client
import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from search.elastic import client

FORWARDED = ("Content-Type", "Accept", "Authorization")


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Line:
    """Stands in front of the server, at an address of its own."""

    def __init__(self, target: str) -> None:
        self.target, self.asked = urlsplit(target), 0
        self.answer: tuple[int, Any] | None = None
        self.hangs, self.is_cut, self.let_go = False, False, Event()
        self._listen(0)
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def _listen(self, port: int) -> None:
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self) -> None:
                line.serve(self)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """One request: counted, and answered as the line is just now."""
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.asked += 1
        if self.is_cut or self.hangs:
            self.let_go.wait(5 if self.hangs else 0)
            request.close_connection = True
            return
        status, kind, answered = self._own() if self.answer else self._forward(request, body)
        with suppress(BrokenPipeError, ConnectionResetError):
            request.send_response(status)
            request.send_header("X-Elastic-Product", "Elasticsearch")
            request.send_header("Content-Type", kind)
            request.send_header("Content-Length", str(len(answered)))
            request.end_headers()
            request.wfile.write(answered if request.command != "HEAD" else b"")

    def _own(self) -> tuple[int, str, bytes]:
        assert self.answer is not None
        status, said = self.answer
        text = said if isinstance(said, str) else json.dumps(said)
        return status, "application/json", text.encode()

    def _forward(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, str, bytes]:
        real = http.client.HTTPConnection(self.target.hostname or "", self.target.port)
        headers = {name: held for name in FORWARDED if (held := request.headers.get(name))}
        real.request(request.command, request.path, body or None, headers)
        response = real.getresponse()
        content = response.read()
        real.close()
        return response.status, response.headers.get("Content-Type", ""), content

    def cut(self) -> None:
        """Nobody listens any more, and standing connections break off."""
        self.is_cut = True
        self._server.shutdown()
        self._server.server_close()

    def hang(self) -> None:
        """Requests are taken, and never answered."""
        self.hangs = True

    def mend(self) -> None:
        """As if nothing had been."""
        if self.is_cut:
            self._listen(self.port)
        self.hangs, self.is_cut, self.answer = False, False, None
        self.let_go.set()

    def close(self) -> None:
        self.let_go.set()
        if not self.is_cut:
            self._server.shutdown()
            self._server.server_close()


@pytest.fixture
def line(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """The line to the index that is set. Nobody waits for it longer than a second."""
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    server = settings.ELASTICSEARCH_URL
    line = Line(server)
    settings.ELASTICSEARCH_URL = line.url
    monkeypatch.setattr(client, "QUERY_SECONDS", 0.9)
    monkeypatch.setattr(client, "INDEX_SECONDS", 0.3)
    monkeypatch.setattr(client, "INDEX_RETRIES", 0)
    yield line
    line.close()
    settings.ELASTICSEARCH_URL = server


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The breaker's clock, which stands still until it is set."""
    held = Clock()
    monkeypatch.setattr(client.breaker, "_clock", held)
    return held
