#!/usr/bin/env python3
"""The servers that the tests need: services.py up | down | env.

Each is looked for in this order: its URL in the environment; a container engine that answers;
this machine's packages, which root on Debian gets installed. Python's standard library only.

  up     starts what is not there yet and waits until it answers; safe to run twice
  down   stops what up started, and nothing else
  env    prints the lines that a shell evaluates to reach them
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from machine import ServerMissing, say, services_home
from servers import (
    SERVERS,
    Server,
    ask,
    container_port,
    launch,
    native_port,
    remove_container,
    start_container,
    start_native,
    url_in_environment,
    wait_until_ready,
)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two runs at once would start two servers: the second waits for the first."""
    home = services_home()
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def bring_up(server: Server) -> None:
    """Leaves the server running and ready, from the first place that has it."""
    if url_in_environment(server):
        say(f"{server.name}: the one that {server.variable} names")
        return
    wait_until_ready(server, start_container(server) or start_native(server))


def running_url(server: Server) -> str:
    """The URL of the server that tests are to use, or ServerMissing."""
    named = url_in_environment(server)
    if named:
        return named
    port = container_port(server) or native_port(server)
    if not port:
        raise ServerMissing(f"{server.name} is not running: make services-up starts it.")
    return server.url(port)


def browser(word: str) -> str:
    """The path of Chromium: `find` only looks, `install` may fetch it."""
    named = os.environ.get("CHROMIUM")
    if not named:
        return ask("chromium.sh", word)
    if not os.access(named, os.X_OK):
        raise ServerMissing(f"CHROMIUM is set to {named}, which is no program.")
    return named


def up() -> None:
    """Brings everything up; names all that is missing, not just the first."""
    missing = []
    for server in SERVERS:
        missing += complaints(lambda server=server: bring_up(server))
    missing += complaints(lambda: say(f"Chromium: {browser('install')}"))
    if missing:
        raise ServerMissing("\n".join(missing))


def complaints(step) -> list[str]:
    """What a step says is missing; nothing when it went well."""
    try:
        step()
    except ServerMissing as error:
        return [str(error)]
    return []


def down() -> None:
    """Stops what we started."""
    for server in SERVERS:
        remove_container(server)
        launch(server.launcher, "stop")
        say(f"{server.name}: stopped")


def env() -> None:
    """Prints the export lines."""
    for server in SERVERS:
        print(f"export {server.variable}='{running_url(server)}'")
    print(f"export CHROMIUM='{browser('find')}'")


def main(words: list[str]) -> int:
    steps = {"up": up, "down": down, "env": env}
    if len(words) != 1 or words[0] not in steps:
        say(__doc__)
        return 2
    try:
        with one_at_a_time():
            steps[words[0]]()
    except ServerMissing as error:
        say(f"\nMissing for the tests:\n{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
