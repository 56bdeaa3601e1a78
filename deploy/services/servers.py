"""The two servers, and the three places where each may come from."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from machine import (
    ServerMissing,
    answers,
    container_engine,
    first_free_port,
    say,
    services_home,
)

HERE = Path(__file__).resolve().parent
LAUNCHER_MISSING = 3
"""The status with which a launcher says that the machine lacks something."""


@dataclass(frozen=True)
class Server:
    """One server: where its URL is looked for, and how one of our own is started."""

    name: str
    variable: str
    schemes: tuple[str, ...]
    url_of: str
    default_port: int
    port_variable: str
    launcher: str
    image: str
    inner_port: int
    container_options: tuple[str, ...]
    container_command: tuple[str, ...]
    is_ready: Callable[[int], bool]

    @property
    def container(self) -> str:
        return f"portal-services-{Path(self.launcher).stem}"

    def url(self, port: int) -> str:
        return self.url_of.format(port=port)

    def preferred_port(self) -> int:
        return int(os.environ.get(self.port_variable, self.default_port))


# --- From the environment -----------------------------------------------------------------------
def url_in_environment(server: Server) -> str | None:
    """The URL that the environment names, once it is known to answer; None when it names none."""
    url = os.environ.get(server.variable)
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in server.schemes:
        raise ServerMissing(f"{server.variable} is set, but names no {server.name} server.")
    port = parts.port or (443 if parts.scheme == "https" else server.inner_port)
    if not answers(parts.hostname or "localhost", port):
        raise ServerMissing(
            f"{server.variable} is set, but nothing answers at {parts.hostname}:{port}."
        )
    return url


# --- From a container engine --------------------------------------------------------------------
def _engine(*words: str, **options) -> subprocess.CompletedProcess:
    engine = container_engine()
    assert engine, "asked for a container without an engine"
    return subprocess.run([engine, *words], capture_output=True, text=True, check=False, **options)


def container_port(server: Server) -> int | None:
    """The port of our running container, if there is one."""
    if not container_engine():
        return None
    done = _engine("port", server.container, f"{server.inner_port}/tcp")
    return int(done.stdout.split()[0].rsplit(":", 1)[1]) if done.stdout.strip() else None


def start_container(server: Server) -> int | None:
    """The port of our container, started from the official image; None where that cannot be."""
    if not container_engine():
        return None
    return container_port(server) or _run_image(server)


def _run_image(server: Server) -> int | None:
    port = first_free_port(server.preferred_port())
    say(f"{server.name}: starting the image {server.image} (fetched the first time)")
    remove_container(server)
    done = _engine(
        *("run", "--detach", "--name", server.container),
        *("--publish", f"127.0.0.1:{port}:{server.inner_port}"),
        *(*server.container_options, server.image, *server.container_command),
    )
    if done.returncode == 0:
        return port
    say(f"{server.name}: the container engine could not: {done.stderr.strip()}")
    return None


def remove_container(server: Server) -> None:
    """Removes our container, running or not, where there is an engine to ask."""
    if container_engine():
        _engine("rm", "--force", server.container)


def role_made_in_container(server: Server) -> bool:
    """Whether the portal's role and database are there, after making what is not.

    Asked over TCP: while the image prepares its data, its server listens on a socket only.
    """
    psql = ("psql", "--quiet", "--host=127.0.0.1", "--username=postgres", "--set=ON_ERROR_STOP=1")
    with open(HERE / "role.sql") as script:
        done = _engine("exec", "--interactive", server.container, *psql, stdin=script)
    return done.returncode == 0


# --- From this machine's own packages -----------------------------------------------------------
def launch(launcher: str, *words: str) -> subprocess.CompletedProcess:
    """Runs a launcher; its progress is shown, its answer kept."""
    environment = {**os.environ, "PORTAL_SERVICES_HOME": str(services_home())}
    return subprocess.run(
        [HERE / launcher, *words], stdout=subprocess.PIPE, text=True, env=environment, check=False
    )


def ask(launcher: str, *words: str) -> str:
    """What a launcher answers, or ServerMissing with what it says is missing."""
    done = launch(launcher, *words)
    if done.returncode == LAUNCHER_MISSING:
        raise ServerMissing(done.stdout.strip())
    if done.returncode:
        raise ServerMissing(f"{launcher} {words[0]} failed; the reason stands above.")
    return done.stdout.strip()


def native_port(server: Server) -> int | None:
    """The port of the server that our launcher started, while it runs."""
    done = launch(server.launcher, "port")
    return int(done.stdout) if done.returncode == 0 else None


def start_native(server: Server) -> int:
    """The port of a server started from packages, or ServerMissing."""
    port = native_port(server) or first_free_port(server.preferred_port())
    ask(server.launcher, "start", str(port))
    return port


# --- Readiness ----------------------------------------------------------------------------------
def wait_until_ready(server: Server, port: int, seconds: int = 120) -> None:
    """Returns when the server answers; shows a dot for each second."""
    say(f"{server.name}: waiting for 127.0.0.1:{port} ", end="")
    for _ in range(seconds):
        if server.is_ready(port):
            say(" ready")
            return
        say(".", end="")
        time.sleep(1)
    say(" given up")
    raise ServerMissing(f"{server.name} did not answer within {seconds} seconds.")


def postgres_answers(port: int) -> bool:
    """Whether the portal's role can be used; the launcher has made it, a container needs us to."""
    if container_port(POSTGRES) == port:
        return role_made_in_container(POSTGRES)
    return answers("127.0.0.1", port)


def elasticsearch_answers(port: int) -> bool:
    """Whether the cluster says that its own data is whole."""
    health = f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=1s"
    try:
        with urllib.request.urlopen(health, timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


POSTGRES = Server(
    name="PostgreSQL",
    variable="DATABASE_URL",
    schemes=("postgres", "postgresql", "psql", "pgsql"),
    url_of="postgres://portal:portal@127.0.0.1:{port}/portal",
    default_port=5442,
    port_variable="PORTAL_POSTGRES_PORT",
    launcher="postgres.sh",
    image="postgres:17",
    inner_port=5432,
    container_options=("--env", "POSTGRES_PASSWORD=postgres"),
    container_command=("-c", "fsync=off", "-c", "full_page_writes=off"),
    is_ready=postgres_answers,
)
ELASTICSEARCH = Server(
    name="Elasticsearch",
    variable="ELASTICSEARCH_URL",
    schemes=("http", "https"),
    url_of="http://127.0.0.1:{port}",
    default_port=9242,
    port_variable="PORTAL_ELASTICSEARCH_PORT",
    launcher="elasticsearch.sh",
    image="elasticsearch:8.19.3",
    inner_port=9200,
    container_options=(
        *("--env", "discovery.type=single-node"),
        *("--env", "xpack.security.enabled=false"),
        *("--env", "cluster.routing.allocation.disk.threshold_enabled=false"),
        *("--env", "ES_JAVA_OPTS=-Xms1g -Xmx1g"),
    ),
    container_command=(),
    is_ready=elasticsearch_answers,
)
SERVERS = (POSTGRES, ELASTICSEARCH)
