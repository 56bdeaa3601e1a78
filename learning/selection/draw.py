"""The draw itself: from a list of cases and a seed to a sample, the same on every machine.

Nothing here knows Django or the database, so that anybody can read what is done and do it again. The order
in a stratum is that of HMAC-SHA256 over stratum and pseudonym with the seed as key: every order is
equally likely, and whoever knows the seed gets the same one (domain.md A6, E2, invariant 5).
"""

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from learning.events.refusals import Refusal

ALGORITHM = "stratified, order by HMAC-SHA256"
VERSION = 1
INITIAL_CONTACT = "initial_contact"
RANDOM = "random"


class DrawNotPossible(Refusal):
    """The sample that was asked for cannot be drawn from these cases; the message says why."""


@dataclass(frozen=True, order=True)
class Candidate:
    """One case that may be drawn."""

    pseudonym: str
    area: str
    team: str = ""
    family: str = ""
    route: str = RANDOM

    @property
    def stratum(self) -> str:
        """Area and team; themed and re-audit cases stand in strata of their own, by area."""
        if self.route == RANDOM:
            return f"{self.area} | {self.team}"
        return f"{self.route} | {self.area}"


@dataclass(frozen=True)
class Stratum:
    """What came out of one stratum, in the order in which it was drawn."""

    name: str
    area: str
    route: str
    size: int
    drawn: tuple[str, ...]
    reserves: tuple[str, ...]


@dataclass(frozen=True)
class DrawResult:
    """The sample, stratum by stratum."""

    strata: tuple[Stratum, ...]
    siblings: tuple[str, ...] = field(default=())

    @property
    def drawn(self) -> list[str]:
        return [pseudonym for stratum in self.strata for pseudonym in stratum.drawn]


def hash_of_seed(seed: str) -> str:
    """What is shown before the draw, so that the seed cannot be chosen afterwards."""
    return hashlib.sha256(seed.encode()).hexdigest()


def hash_of_frame(cases: Iterable[Candidate]) -> str:
    """SHA-256 of the cases in one fixed way of writing, whatever order they come in."""
    rows = sorted(rows_of(cases))
    return hashlib.sha256(canonical(rows)).hexdigest()


def rows_of(cases: Iterable[Candidate]) -> list[list[str]]:
    """The cases as the certificate writes them."""
    return [[case.pseudonym, case.area, case.team, case.family, case.route] for case in cases]


def canonical(value: object) -> bytes:
    """The one way in which anything here is written before it is hashed or compared."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.encode("ascii")


def one_per_family(cases: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The cases that may be drawn, and the brothers and sisters who are left aside.

    Of each family the child whose pseudonym comes first: pseudonyms are as good as random, and anybody
    can check the choice without the seed.
    """
    kept, aside, families = [], [], set()
    for case in sorted(cases):
        if case.family and case.family in families:
            aside.append(case)
            continue
        families.add(case.family)
        kept.append(case)
    return kept, aside


def sizes_of(cases: Iterable[Candidate]) -> dict[str, int]:
    """How many cases stand in each stratum, in the order of their names."""
    return dict(sorted(Counter(case.stratum for case in cases).items()))


def propose_targets(
    cases: Iterable[Candidate], *, total: int, minimum_initial_contacts: int
) -> dict[str, int]:
    """How many to draw from each stratum, for `total` random cases.

    First one of every area, from its largest stratum; then initial contacts up to their minimum; the rest
    one by one to the stratum that falls most short of its share. Strata of supplements get none: their
    number is a person's decision. More than `total` when coverage alone needs more.
    """
    areas = {case.stratum: case.area for case in cases if case.route == RANDOM}
    sizes = sizes_of(case for case in cases if case.route == RANDOM)
    targets = dict.fromkeys(sizes_of(cases), 0)
    for area in sorted(set(areas.values())):
        own = {name: size for name, size in sizes.items() if areas[name] == area}
        least = minimum_initial_contacts if area == INITIAL_CONTACT else 1
        _give(targets, own, least)
    _give(targets, sizes, total - sum(targets.values()), total=total)
    return targets


def _give(
    targets: dict[str, int], sizes: Mapping[str, int], count: int, total: int | None = None
) -> None:
    """Adds `count` to the targets, each to the stratum that is most short of its share and not empty."""
    everything = sum(sizes.values())
    for _ in range(count):
        open_strata = [name for name, size in sizes.items() if targets[name] < size]
        if not open_strata:
            return
        share = count if total is None else total
        most_short = min(
            open_strata,
            key=lambda name: (targets[name] * everything - share * sizes[name], name),
        )
        targets[most_short] += 1


def draw(
    cases: Iterable[Candidate],
    *,
    seed: str,
    targets: Mapping[str, int],
    reserves: int,
    siblings_together: bool = False,
) -> DrawResult:
    """The sample and its reserves. Raises `DrawNotPossible` when a stratum has fewer than it should give."""
    cases = sorted(cases)
    kept, aside = (cases, []) if siblings_together else one_per_family(cases)
    strata: dict[str, list[Candidate]] = defaultdict(list)
    for case in kept:
        strata[case.stratum].append(case)
    _check_targets(strata, targets)
    drawn = tuple(
        _draw_stratum(strata[name], seed, targets.get(name, 0), reserves) for name in sorted(strata)
    )
    return DrawResult(drawn, tuple(case.pseudonym for case in aside))


def _check_targets(strata: Mapping[str, list[Candidate]], targets: Mapping[str, int]) -> None:
    for name, target in targets.items():
        standing = len(strata.get(name, ()))
        if not 0 <= target <= standing:
            raise DrawNotPossible(
                f"{target} cases were asked for from “{name}”, and {standing} can be drawn there."
            )


def _draw_stratum(cases: list[Candidate], seed: str, target: int, reserves: int) -> Stratum:
    first = cases[0]
    order = sorted((case.pseudonym for case in cases), key=lambda p: _place(seed, first.stratum, p))
    return Stratum(
        name=first.stratum,
        area=first.area,
        route=first.route,
        size=len(cases),
        drawn=tuple(order[:target]),
        reserves=tuple(order[target : target + reserves]),
    )


def _place(seed: str, stratum: str, pseudonym: str) -> bytes:
    """Where a case stands in its stratum."""
    return hmac.digest(seed.encode(), f"{stratum}\n{pseudonym}".encode(), "sha256")
