"""One run of the benchmark: what it measures, on what, and everything that it has to clear away."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from os import getpid
from pathlib import Path

from portal.benchmarks import indices
from portal.benchmarks.sizes import Sizes
from portal.benchmarks.stages import KINDS, Ground, Stage

FOLDERS_BEGIN = "portal_bench_"


@dataclass(frozen=True)
class Run:
    """What every part is given."""

    ground: Ground
    sizes: Sizes
    elasticsearch_url: str = ""
    kinds: Sequence[str] = KINDS

    def say(self, line: str) -> None:
        self.ground.say(line)

    def library(self) -> Stage:
        """The portal in use with thousands of documents, made once for all parts that need it."""
        return self.ground.copy("postgresql", "library")


@contextmanager
def beginning(
    *, postgres_url: str, elasticsearch_url: str, sizes: Sizes, kinds: Sequence[str],
    say: Callable[[str], None],
) -> Iterator[Run]:  # fmt: skip
    """A run. Its folder, databases and indices are gone after the block, however it ends."""
    with ExitStack() as clearing:
        folder = Path(tempfile.mkdtemp(prefix=FOLDERS_BEGIN))
        clearing.callback(shutil.rmtree, folder, ignore_errors=True)
        ground = Ground(folder, postgres_url, say)
        clearing.callback(ground.clear)
        if elasticsearch_url:
            clearing.callback(indices.remove, elasticsearch_url, f"bench-{getpid()}-")
        yield Run(ground, sizes, elasticsearch_url, kinds)
