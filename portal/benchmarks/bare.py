"""What the portal's pages are compared with: the home page that `wagtail start` makes."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import environ

from portal.benchmarks import postgres
from portal.benchmarks.stages import POSTGRESQL, Ground, run
from portal.settings.base import sqlite_database

WSGI = "bare.wsgi"
SETTINGS = """\
import json
import os

from .production import *

SECRET_KEY = "for-the-benchmark-only"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": json.loads(os.environ["BARE_DATABASE"])}
"""
"""As it comes, on its production settings; only the database is the one that the portal has too."""


def make_bare_site(ground: Ground, kind: str) -> tuple[Path, dict[str, str]]:
    """The folder of a fresh site, and what its processes are started with."""
    ground.say(f"Making a bare Wagtail site on {kind} …")
    folder = ground.folder / f"{kind}-bare"
    folder.mkdir()
    environment = _environment(_database(ground, kind, folder))
    start = ["-m", "wagtail.bin.wagtail", "start", "bare", str(folder)]
    run([sys.executable, *start], ground.folder, environment)
    (folder / "bare" / "settings" / "bench.py").write_text(SETTINGS)
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "-v", "0"]):
        run([sys.executable, "manage.py", *command], folder, environment)
    return folder, environment


def _environment(database: dict[str, Any]) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bare.settings.bench",
        "BARE_DATABASE": json.dumps(database),
    }


def _database(ground: Ground, kind: str, folder: Path) -> dict[str, Any]:
    if kind == POSTGRESQL:
        name = ground.new_database("bare")
        return environ.Env.db_url_config(postgres.url_of(ground.postgres_url, name))
    return sqlite_database(folder / "bare.sqlite3")
