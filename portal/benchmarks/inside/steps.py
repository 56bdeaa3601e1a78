"""Every step by name."""

from collections.abc import Callable
from typing import Any

from portal.benchmarks.inside.corpus import make_documents
from portal.benchmarks.inside.drawing import draw_from, import_frame
from portal.benchmarks.inside.importing import import_rows
from portal.benchmarks.inside.pages import look_at_pages
from portal.benchmarks.inside.publishing import publish_in_turn
from portal.benchmarks.inside.rebuilding import rebuild_index
from portal.benchmarks.inside.reporting import time_report
from portal.benchmarks.inside.searching import look_at_searches
from portal.benchmarks.inside.sightings import publish_and_watch
from portal.benchmarks.inside.writing import look_at_writers

STEPS: dict[str, Callable[..., Any]] = {
    "documents": make_documents,
    "draw": draw_from,
    "frame": import_frame,
    "import": import_rows,
    "pages": look_at_pages,
    "publish": publish_in_turn,
    "rebuild": rebuild_index,
    "report": time_report,
    "searches": look_at_searches,
    "sightings": publish_and_watch,
    "writers": look_at_writers,
}
