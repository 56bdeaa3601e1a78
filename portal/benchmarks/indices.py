"""Elasticsearch asked directly, over plain HTTP: removing our indices, and searching without the portal."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

NAMES_BEGIN = "bench-"


def request(server: str, method: str, path: str, body: Any = None) -> Any:
    """The server's answer to one request on a connection of its own."""
    connection = connect(server)
    try:
        return ask(connection, method, path, body)
    finally:
        connection.close()


def connect(server: str) -> http.client.HTTPConnection:
    parts = urlsplit(server)
    return http.client.HTTPConnection(parts.hostname or "localhost", parts.port or 9200, timeout=60)


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> Any:
    """The answer as JSON. Raises `OSError` for a refusal."""
    held = json.dumps(body) if body is not None else None
    connection.request(method, path, held, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 400:
        raise OSError(f"Elasticsearch: {answer.status} {text[:200]!r}")
    return json.loads(text) if text else None


def remove(server: str, prefix: str) -> None:
    """Remove each index whose name begins so, by its full name."""
    if not prefix.startswith(NAMES_BEGIN):
        raise ValueError(f"{prefix} is no prefix of the benchmark's.")
    for row in request(server, "GET", f"/_cat/indices/{prefix}*?h=index&format=json"):
        request(server, "DELETE", f"/{row['index']}")
