"""What the search ledger adds to publishing a page."""

from portal.benchmarks.figures import Figure, percentile
from portal.benchmarks.run import Run

MOST_ADDED = 1
MOST_ADDED_P95 = 5


def measure_publishing(run: Run) -> list[Figure]:
    """Milliseconds with and without the ledger, in turn; and what its receiver itself took."""
    stage = run.ground.copy("postgresql", "publishing")
    run.say("Publishing findings with the ledger and without …")
    taken = stage.step("publish", publications=run.sizes.publications)
    pairs = list(zip(taken["with"], taken["without"], strict=True))
    added = [with_ledger - without for with_ledger, without in pairs]
    inside = taken["inside"]
    return [
        Figure("publishing", "a finding, with the ledger", tuple(taken["with"]), "ms"),
        Figure("publishing", "a finding, without", tuple(taken["without"]), "ms"),
        Figure("publishing", "with ÷ without", tuple(w / wo for w, wo in pairs)),
        Figure("publishing", "added, pair by pair", tuple(added), "ms"),
        Figure("publishing", "the ledger's row itself, p50", tuple(inside), "ms",
               at_most=MOST_ADDED),
        Figure("publishing", "the ledger's row itself, p95", (percentile(inside, 95),), "ms",
               at_most=MOST_ADDED_P95),
    ]  # fmt: skip
