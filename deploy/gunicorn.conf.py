"""How gunicorn serves the portal. Values from the environment win."""

import logging
import os

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")


def cores() -> int:
    """How many cores this process may use: fewer than the machine has, inside a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# Sync workers: threads on one interpreter lock and ASGI were two to three times slower.
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * cores() + 1))
timeout = 60
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
# Nobody steers it by gunicornc, and two portals of one user would share the socket.
control_socket_disable = True

# Behind the proxy, which writes these headers itself and passes on nobody else's.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")

# A search may hold a child's name: the path is logged, the query string and the referrer are not.
accesslog = "-"
access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'


def without_query_strings(record: logging.LogRecord) -> bool:
    """Cuts each argument of a log line at its question mark, and lets the line pass."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            word.split("?", 1)[0] if isinstance(word, str) else word for word in record.args
        )
    return True


def on_starting(server) -> None:
    """Gunicorn's error log names the address of a request that fails: without its query."""
    server.log.error_log.addFilter(without_query_strings)
