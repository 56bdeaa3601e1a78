"""Portals of the benchmark's own: a folder, a database and an index prefix each, gone at the end."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.benchmarks import postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)


class StepFailed(Exception):
    """A process of the benchmark ended badly; says what it wrote."""


@dataclass(frozen=True)
class Stage:
    """One portal. Without a database URL it keeps SQLite in its folder, as the demo does."""

    folder: Path
    database: str = ""
    database_url: str = ""
    prefix: str = ""

    @property
    def kind(self) -> str:
        return POSTGRESQL if self.database_url else SQLITE

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this portal is started with."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "PORTAL_IS_DEMO": "true",
            "DEBUG": "false",
            "PORTAL_STATE_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "SEARCH_ENGINE": "elasticsearch" if self.prefix else "database",
            "SEARCH_INDEX_PREFIX": self.prefix or "bench-unused",
        }

    def manage(self, *words: str) -> str:
        """What a management command printed."""
        return run([sys.executable, "manage.py", *words], settings.BASE_DIR, self.environment)

    def step(self, name: str, **options: Any) -> Any:
        """What a step inside this portal measured (portal/benchmarks/inside)."""
        words = ["-m", "portal.benchmarks.inside", name, json.dumps(options)]
        printed = run([sys.executable, *words], settings.BASE_DIR, self.environment)
        return json.loads(printed.splitlines()[-1])


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What the command printed. Raises `StepFailed`."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StepFailed(f"{' '.join(command[1:4])}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


class Ground:
    """Makes portals, each kind of database seeded once with the borough and then copied."""

    def __init__(self, folder: Path, postgres_url: str, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.postgres_url = postgres_url
        self.say = say
        self.databases: list[str] = []
        self._seeds: dict[str, Stage] = {}
        self._copies: dict[tuple[str, str], Stage] = {}

    def copy(self, kind: str, name: str) -> Stage:
        """A portal with the borough in it; on PostgreSQL with Elasticsearch, as in use."""
        if (kind, name) not in self._copies:
            self._copies[kind, name] = self._copied(self._seed(kind), name)
        return self._copies[kind, name]

    def new_database(self, name: str, template: str = "template0") -> str:
        """The name of a new PostgreSQL database, which goes with the ground."""
        database = f"{postgres.NAMES_BEGIN}{os.getpid()}_{name}"
        self.databases.append(database)
        postgres.make(self.postgres_url, database, template)
        return database

    def clear(self) -> None:
        """Drop every database that was made here."""
        for name in self.databases:
            postgres.drop(self.postgres_url, name)

    def _seed(self, kind: str) -> Stage:
        if kind not in self._seeds:
            self.say(f"Loading the fictional borough into {kind} …")
            self._seeds[kind] = self._loaded(self._empty(kind))
        return self._seeds[kind]

    def _empty(self, kind: str) -> Stage:
        folder = self.folder / f"{kind}-seed"
        folder.mkdir()
        if kind == SQLITE:
            return Stage(folder)
        database = self.new_database("seed")
        return Stage(folder, database, postgres.url_of(self.postgres_url, database))

    def _loaded(self, stage: Stage) -> Stage:
        for command in (
            ("migrate", "--verbosity", "0"),
            ("collectstatic", "--no-input", "--verbosity", "0"),
            ("load_demo",),
            ("search_init",),
            ("search_drain",),
        ):
            stage.manage(*command)
        return stage

    def _copied(self, seed: Stage, name: str) -> Stage:
        folder = self.folder / f"{seed.kind}-{name}"
        shutil.copytree(seed.folder, folder)
        if seed.kind == SQLITE:
            return replace(seed, folder=folder)
        database = self.new_database(name, template=seed.database)
        url = postgres.url_of(self.postgres_url, database)
        stage = Stage(folder, database, url, prefix=f"bench-{os.getpid()}-{name}")
        stage.manage("search_init")
        return stage
