"""`demo`: the fictional borough's portal, served as three processes."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Sets up the fictional borough and serves it as three processes: web, task worker, timer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, **options: Any) -> None:
        self.say("Making the database …")
        call_command("migrate", verbosity=0)
        self.say("Collecting the styles and scripts …")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.say("Loading the fictional borough …")
        call_command("load_demo", stdout=self.stdout)
        self.serve(options["port"])

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def serve(self, port: str) -> None:
        """Runs until it is interrupted, or until one of the three ends by itself."""
        processes = {name: _start(name, command) for name, command in _commands(port).items()}
        self.say(f"\nThe portal is at http://localhost:{port}/ (stop it with Ctrl+C).")
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            ended = _wait_for_first(processes)
        except KeyboardInterrupt:
            ended = ""
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait()
        if ended:
            raise CommandError(f"The {ended} process ended by itself, so the demo stopped.")


def _start(name: str, command: list[str]) -> subprocess.Popen[bytes]:
    """The process. The worker tells of every task, so that goes to a file and not over the sign-ins."""
    if name != "worker":
        return subprocess.Popen(command)
    with (settings.PORTAL_STATE_DIR / "worker.log").open("a") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def _commands(port: str) -> dict[str, list[str]]:
    manage = [sys.executable, "manage.py"]
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
    ]
    return {
        "web": [*web, "--env", f"DJANGO_SETTINGS_MODULE={os.environ['DJANGO_SETTINGS_MODULE']}"],
        "worker": [*manage, "db_worker", "--interval", "1"],
        "timer": [*manage, "timer"],
    }


def _wait_for_first(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    """The name of the first process that ends."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(0.5)


def _interrupt(signum: int, frame: Any) -> None:
    raise KeyboardInterrupt
