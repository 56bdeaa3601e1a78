"""Gunicorn with two sync workers, and the processor time that they use."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2
PORTS = range(8070, 8100)
START_SECONDS = 60
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A site that answers on a port of this machine."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        """What the workers have used since they began, their own and the kernel's for them."""
        return sum(map(processor_seconds_of, children_of(self.pid)))


@contextmanager
def serving(wsgi: str, folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """The site, served until the block ends."""
    port = free_port()
    log = Path(tempfile.gettempdir()) / f"portal-bench-gunicorn-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            _command(wsgi, port), cwd=folder, env=environment, stdout=output, stderr=output
        )
        try:
            _wait_until_up(process, port, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait()
            log.unlink(missing_ok=True)


def _command(wsgi: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", wsgi),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--worker-class", "sync"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Returns when all workers run and the port answers. Raises `RuntimeError`."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if len(children_of(process.pid)) == WORKERS and _answers(port):
            return
        time.sleep(0.2)
    raise RuntimeError(f"The server did not start: {log.read_text()[-2000:]}")


def free_port() -> int:
    """The first of our ports that nobody listens on."""
    for port in PORTS:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"Ports {PORTS.start} to {PORTS.stop - 1} are all taken.")


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processor_seconds_of(pid: int) -> float:
    """User and system time of a process, from /proc/PID/stat."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS_PER_SECOND
