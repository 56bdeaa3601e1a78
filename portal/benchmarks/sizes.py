"""How much is measured: enough for figures to quote, or just enough to see that all of it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Rounds are taken in turn with what they are compared with; the rest is counted per round."""

    rounds: int = 5
    requests: int = 100
    warm_up: int = 60
    documents: int = 20_000
    readers: int = 5
    searches: int = 150
    publications: int = 100
    rebuilds: int = 3
    sightings: int = 15
    imports: int = 3
    rows: int = 1000
    saves: int = 100
    frame_rows: int = 4000
    cases: int = 100_000


FULL = Sizes()
QUICK = Sizes(
    rounds=3, requests=20, warm_up=10, documents=400, searches=20,
    publications=5, rebuilds=1, sightings=2, imports=1, rows=50,
    saves=10, frame_rows=400, cases=2000,
)  # fmt: skip
