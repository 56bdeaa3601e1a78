"""The portal that search is measured on: thousands of documents, made and indexed once."""

from functools import cache

from portal.benchmarks.figures import Figure
from portal.benchmarks.run import Run
from portal.benchmarks.stages import Stage


@cache
def filled(stage: Stage, documents: int) -> float:
    """Documents written into the projection a second; the index is then built from it."""
    made = stage.step("documents", documents=documents)
    stage.step("rebuild")
    return made["per_second"]


def library(run: Run) -> Stage:
    """The portal with all its documents."""
    stage = run.library()
    run.say(f"A library of {run.sizes.documents:,} documents …")
    filled(stage, run.sizes.documents)
    return stage


def writing_figure(run: Run) -> Figure:
    """How fast the database's own side of the index was written."""
    per_second = filled(run.library(), run.sizes.documents)
    return Figure("rebuild", "documents cut and kept in the database a second", (per_second,))
