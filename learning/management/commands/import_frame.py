"""Load a council's list of cases for the draw of a cycle."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from learning.programme.models import AuditCycle
from learning.selection.files import ColumnsNeeded, read_file
from learning.selection.frames.cells import plain
from learning.selection.frames.mapped import Columns
from learning.selection.frames.rows import ReadFrame
from learning.selection.loading import FrameNotLoadable, load_frame
from learning.spreadsheets import UnreadableFile


class Command(BaseCommand):
    help = (
        "Load an Annex A workbook, or a plain table, for the draw of a cycle. The seed of the draw has to "
        "be fixed before. The list counts as loaded by whoever fixed it, and waits to be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--cycle", required=True, help="reference of the cycle, as 2026-Q4")
        parser.add_argument("--dry-run", action="store_true", help="read and count, load nothing")
        parser.add_argument("--json", action="store_true", help="write the counts as JSON")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=TITLE",
            help="for a plain table: council_id, area, team, worker, family, opened or ended, and the "
            "title of its column; one_area=CODE when all rows are of one area of work",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cycle = AuditCycle.objects.filter(ref=options["cycle"]).first()
        if cycle is None:
            raise CommandError(f"There is no cycle “{options['cycle']}”.")
        read = _read(options["file"], options["column"])
        if not options["dry_run"]:
            _load(cycle, read)
        counts = read.counts() | {
            "cycle": cycle.ref,
            "form": read.form,
            "cases": len(read.cases),
            "left_out": read.left_out,
            "loaded": not options["dry_run"],
        }
        text = (
            json.dumps(counts, ensure_ascii=False, indent=2) if options["json"] else _said(counts)
        )
        self.stdout.write(text)


def _read(path: Path, said: list[str]) -> ReadFrame:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"The file “{path}” cannot be opened.") from error
    try:
        return _by_columns(content, said)
    except UnreadableFile as error:
        raise CommandError(str(error)) from error
    except ColumnsNeeded as error:
        raise CommandError(
            "This is not an Annex A workbook. Say which column holds what with --column, at least "
            "council_id=TITLE, or map the columns once on screen."
        ) from error


def _by_columns(content: bytes, said: list[str]) -> ReadFrame:
    """The cases of the file; columns that were said come before those that are remembered."""
    try:
        return read_file(content, map_again=bool(said))
    except ColumnsNeeded as needed:
        if not said:
            raise
        return read_file(content, columns=_columns(said, needed.titles))


def _columns(said: list[str], titles: list[str]) -> Columns:
    places = {plain(title): place for place, title in enumerate(titles)}
    found: dict[str, Any] = {}
    for part in said:
        name, _, title = part.partition("=")
        if name not in Columns.__dataclass_fields__:
            raise CommandError(f"“{name}” is not a field of a list of cases.")
        if name != "one_area" and plain(title) not in places:
            raise CommandError(f"The table has no column “{title}”.")
        found[name] = title if name == "one_area" else places[plain(title)]
    if "council_id" not in found:
        raise CommandError("Say which column holds the child's number: --column council_id=TITLE.")
    return Columns(**found)


def _load(cycle: AuditCycle, read: ReadFrame) -> None:
    draw = getattr(cycle, "draw", None)
    if draw is None:
        raise CommandError("Fix the seed first: its hash has to be known before the list is.")
    try:
        load_frame(cycle=cycle, read=read, loaded_by=draw.committed_by)
    except (FrameNotLoadable, PermissionDenied) as error:
        raise CommandError(str(error)) from error


def _said(counts: dict[str, Any]) -> str:
    """The arithmetic in words, list by list."""
    lines = [f"{counts['form']}: {counts['cases']} cases"]
    lines += [_line(one) for one in [*counts["lists"], {"name": "Together", **counts}]]
    for one in counts["lists"]:
        lines += [f"  {one['name']}: {n} left out. {why}." for why, n in one["dropped"].items()]
    for name, columns in counts["left_out"].items():
        lines.append(f"Not read from {name}: {', '.join(columns) or 'nothing'}")
    lines += counts["notes"]
    done = "Loaded; it waits to be checked." if counts["loaded"] else "Nothing was loaded."
    return "\n".join([*lines, done])


def _line(one: dict[str, Any]) -> str:
    dropped = one["dropped"] if isinstance(one["dropped"], int) else sum(one["dropped"].values())
    return (
        f"{one['name']}: {one['read']} rows = {one['kept']} kept + {one['merged']} merged "
        f"+ {dropped} left out"
    )
