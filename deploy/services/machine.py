"""What this machine offers: a folder for the servers, free ports, a container engine."""

import os
import shutil
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path


class ServerMissing(Exception):
    """This machine has no such server; the message says what is missing and how to get it."""


def say(words: str, end: str = "\n") -> None:
    """Progress, on standard error: standard output is for what a shell reads."""
    print(words, end=end, file=sys.stderr, flush=True)


def services_home() -> Path:
    """The folder that holds the servers' programs, data and logs, outside every checkout."""
    chosen = os.environ.get("PORTAL_SERVICES_HOME")
    if chosen:
        return Path(chosen).resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/portal-services")
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state) / "portal-services"


def first_free_port(preferred: int) -> int:
    """The preferred port on loopback, or the first above it that nobody has."""
    for port in range(preferred, preferred + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerMissing(f"No free port from {preferred} to {preferred + 49}.")


def answers(host: str, port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=3):
            return True
    except OSError:
        return False


@cache
def container_engine() -> str | None:
    """`docker` or `podman`, whichever is there and answers."""
    for engine in ("docker", "podman"):
        if shutil.which(engine) and _engine_answers(engine):
            return engine
    return None


def _engine_answers(engine: str) -> bool:
    try:
        done = subprocess.run([engine, "info"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
