"""The index built anew, and a change on its way into the results."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from portal.benchmarks.figures import Figure, percentile
from portal.benchmarks.parts.library import library, writing_figure
from portal.benchmarks.run import Run
from portal.benchmarks.stages import Stage, StepFailed

LEAST_PER_SECOND = 300
MOST_SECONDS = 2
MOST_SECONDS_P95 = 5
LOG = "worker.log"


def measure_rebuild(run: Run) -> list[Figure]:
    """Documents a second, from the first step to the swap."""
    stage = library(run)
    run.say("Rebuilding the index …")
    built = [stage.step("rebuild") for _ in range(run.sizes.rebuilds)]
    per_second = tuple(each["per_second"] for each in built)
    name = f"rebuild of {built[0]['documents']:,} documents, a second"
    return [Figure("rebuild", name, per_second, at_least=LEAST_PER_SECOND), writing_figure(run)]


def measure_sightings(run: Run) -> list[Figure]:
    """Seconds from publishing to being found, with a task worker as in use."""
    stage = library(run)
    run.say("Publishing changes and watching for them …")
    with task_worker(stage):
        seen = stage.step("sightings", sightings=run.sizes.sightings)
    return [
        Figure("visible", "published until found, p50", tuple(seen), "s", at_most=MOST_SECONDS),
        Figure("visible", "published until found, p95", (percentile(seen, 95),), "s",
               at_most=MOST_SECONDS_P95),
    ]  # fmt: skip


@contextmanager
def task_worker(stage: Stage) -> Iterator[None]:
    """A task worker of this portal's, as `make demo` starts it."""
    command = [sys.executable, "manage.py", "db_worker", "--interval", "1"]
    with (stage.folder / LOG).open("w") as output:
        worker = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=stage.environment, stdout=output, stderr=output
        )
        try:
            yield
        except StepFailed as failure:
            said = (stage.folder / LOG).read_text()[-1000:]
            raise StepFailed(f"{failure}\nThe task worker said: {said or 'nothing'}") from failure
        finally:
            worker.terminate()
            worker.wait()
