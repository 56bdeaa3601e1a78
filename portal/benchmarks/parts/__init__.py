"""The parts of the benchmark, in the order of a run."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.benchmarks.figures import Figure
from portal.benchmarks.parts.auditing import measure_draw, measure_frame, measure_report
from portal.benchmarks.parts.importing import measure_import
from portal.benchmarks.parts.pages import measure_pages
from portal.benchmarks.parts.publishing import measure_publishing
from portal.benchmarks.parts.rebuilding import measure_rebuild, measure_sightings
from portal.benchmarks.parts.searching import measure_search
from portal.benchmarks.parts.writing import measure_writing
from portal.benchmarks.run import Run


@dataclass(frozen=True)
class Part:
    """One thing that is measured; `needs_servers` when it is about PostgreSQL and Elasticsearch."""

    measure: Callable[[Run], list[Figure]]
    needs_servers: bool = True


PARTS = {
    "pages": Part(measure_pages, needs_servers=False),
    "publishing": Part(measure_publishing),
    "search": Part(measure_search),
    "rebuild": Part(measure_rebuild),
    "visible": Part(measure_sightings),
    "import": Part(measure_import, needs_servers=False),
    "autosave": Part(measure_writing, needs_servers=False),
    "frame": Part(measure_frame, needs_servers=False),
    "draw": Part(measure_draw, needs_servers=False),
    "report": Part(measure_report, needs_servers=False),
}
