"""`bench`: how fast the portal is, in figures and ratios."""

import json
import os
import platform
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.benchmarks.figures import Figure, as_table
from portal.benchmarks.parts import PARTS
from portal.benchmarks.run import Run, beginning
from portal.benchmarks.sizes import FULL, QUICK
from portal.benchmarks.stages import KINDS, StepFailed


class Command(BaseCommand):
    help = (
        "Measures speed on portals of its own, which are gone at the end: pages against a bare "
        "Wagtail page, search against the engine itself, publishing, import, rebuild; saving while "
        "two write, a council's list, a draw from it, the report of a cycle. Needs the "
        "PostgreSQL and Elasticsearch that DATABASE_URL and ELASTICSEARCH_URL name."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", action="append", choices=list(PARTS), help="this part; may be repeated"
        )
        parser.add_argument(
            "--database", action="append", choices=KINDS, help="pages and import on this kind only"
        )
        parser.add_argument("--quick", action="store_true", help="few of everything: does it run?")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        names, kinds = options["only"] or list(PARTS), options["database"] or list(KINDS)
        postgres_url, elasticsearch_url = _servers(names, kinds)
        started, load = time.monotonic(), os.getloadavg()
        with beginning(
            postgres_url=postgres_url,
            elasticsearch_url=elasticsearch_url,
            sizes=QUICK if options["quick"] else FULL,
            kinds=kinds,
            say=self.say,
        ) as run:
            figures = self.measured(run, names)
        machine = {**_machine(), "load_before": load, "seconds": time.monotonic() - started}
        self.tell(figures, machine, as_json=options["json"])

    def say(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()

    def measured(self, run: Run, names: list[str]) -> list[Figure]:
        """The figures of these parts, in their own order."""
        try:
            return [figure for name in PARTS if name in names for figure in self.part(run, name)]
        except StepFailed as failure:
            raise CommandError(str(failure)) from failure

    def part(self, run: Run, name: str) -> list[Figure]:
        """The figures of one part; shown at once, since a whole run takes a while."""
        figures = PARTS[name].measure(run)
        self.say(f"\n{as_table(figures)}\n")
        return figures

    def tell(self, figures: list[Figure], machine: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            told = {"machine": machine, "figures": [figure.to_dict() for figure in figures]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(as_table(figures))
        self.stdout.write(
            f"\n{machine['processors']} processors, Python {machine['python']}, "
            f"load before {machine['load_before'][0]:.1f}, {machine['seconds']:.0f} seconds."
        )


def _servers(names: list[str], kinds: list[str]) -> tuple[str, str]:
    """The URLs of both servers; empty where nothing asked for needs them."""
    if list(kinds) == ["sqlite"] and not any(PARTS[name].needs_servers for name in names):
        return "", ""
    urls = os.environ.get("DATABASE_URL", ""), os.environ.get("ELASTICSEARCH_URL", "")
    if not urls[0].startswith("postgres") or not urls[1]:
        raise CommandError(
            "Set DATABASE_URL (PostgreSQL) and ELASTICSEARCH_URL, or run it by make bench. Without "
            "them: --database sqlite --only pages --only import."
        )
    return urls


def _machine() -> dict[str, Any]:
    return {
        "processors": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
