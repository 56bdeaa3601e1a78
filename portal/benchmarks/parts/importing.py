"""Loading past findings from a file, and approving them."""

from portal.benchmarks.figures import Figure
from portal.benchmarks.run import Run

ROWS = 3340
SECONDS = 180
"""The file of past findings that must go in within three minutes."""


def measure_import(run: Run) -> list[Figure]:
    """Rows a second, for each kind of database."""
    return [figure for kind in run.kinds for figure in _on(run, kind)]


def _on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "import")
    run.say(f"Loading and approving files of {run.sizes.rows} findings on {kind} …")
    runs = [
        stage.step("import", rows=run.sizes.rows, run=number) for number in range(run.sizes.imports)
    ]
    names = {"load": "load", "approve": "approve", "both": "load and approve"}
    return [
        Figure(f"import, {kind}", f"{words}: rows a second", tuple(run[key] for run in runs),
               at_least=ROWS / SECONDS if key == "both" else None)
        for key, words in names.items()
    ]  # fmt: skip
