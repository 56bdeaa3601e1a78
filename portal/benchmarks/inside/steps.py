"""Every step by name."""

from collections.abc import Callable
from typing import Any

from portal.benchmarks.inside.corpus import make_documents
from portal.benchmarks.inside.importing import import_rows
from portal.benchmarks.inside.pages import look_at_pages
from portal.benchmarks.inside.publishing import publish_in_turn
from portal.benchmarks.inside.rebuilding import rebuild_index
from portal.benchmarks.inside.searching import look_at_searches
from portal.benchmarks.inside.sightings import publish_and_watch

STEPS: dict[str, Callable[..., Any]] = {
    "documents": make_documents,
    "import": import_rows,
    "pages": look_at_pages,
    "publish": publish_in_turn,
    "rebuild": rebuild_index,
    "searches": look_at_searches,
    "sightings": publish_and_watch,
}
