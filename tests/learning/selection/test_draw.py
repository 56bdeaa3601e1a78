"""The draw: uniform, the same on every machine, covering every area (domain.md A6, A9, A10, E2)."""

import random
import time
from collections import Counter

import pytest

from learning.selection.draw import (
    Candidate,
    DrawNotPossible,
    draw,
    hash_of_frame,
    one_per_family,
    propose_targets,
    sizes_of,
)

AREAS = ("initial_contact", "child_in_need", "child_protection", "looked_after", "care_leaver")


def frame_of(count: int, areas: tuple[str, ...] = AREAS, teams: int = 3) -> list[Candidate]:
    return [
        Candidate(f"p{number:06d}", areas[number % len(areas)], f"Team {number % teams}")
        for number in range(count)
    ]


def test_the_same_cases_in_any_order_give_the_same_sample() -> None:
    cases = frame_of(200)
    targets = propose_targets(cases, total=24, minimum_initial_contacts=2)
    first = draw(cases, seed="a" * 64, targets=targets, reserves=2)
    shuffled = random.Random(7).sample(cases, len(cases))
    assert propose_targets(shuffled, total=24, minimum_initial_contacts=2) == targets
    assert draw(shuffled, seed="a" * 64, targets=targets, reserves=2) == first
    assert hash_of_frame(shuffled) == hash_of_frame(cases)
    assert draw(cases, seed="b" * 64, targets=targets, reserves=2) != first


def test_the_sample_of_a_known_seed_never_changes() -> None:
    """Bit for bit: worked out with another program (openssl) when version 1 of the algorithm was fixed."""
    result = draw(frame_of(10, AREAS[:1], 1), seed="0" * 64, targets={FIRST: 3}, reserves=2)
    assert (result.strata[0].drawn, result.strata[0].reserves) == (KNOWN_SAMPLE, KNOWN_RESERVES)


FIRST = "initial_contact | Team 0"
KNOWN_SAMPLE = ("p000000", "p000001", "p000007")
KNOWN_RESERVES = ("p000004", "p000005")


def test_every_case_is_drawn_equally_often() -> None:
    """Chi-square over 4,000 fixed seeds: 19 degrees of freedom, 43.8 is passed once in a thousand times."""
    cases = frame_of(20, AREAS[:1], 1)
    seen: Counter[str] = Counter()
    for number in range(4000):
        seen.update(draw(cases, seed=f"{number:064x}", targets={FIRST: 5}, reserves=0).drawn)
    expected = 4000 * 5 / 20
    # Drawn without replacement, the counts vary less than independent ones, by (N - n) / (N - 1).
    chi_square = sum((seen[c.pseudonym] - expected) ** 2 / expected for c in cases) / (15 / 19)
    assert chi_square < 43.8


def test_every_pair_of_cases_is_drawn_equally_often() -> None:
    """The places are independent too: 45 pairs of 10 cases, 44 degrees of freedom, 78.7 at 0.1 %."""
    cases = frame_of(10, AREAS[:1], 1)
    seen: Counter[tuple[str, ...]] = Counter()
    for number in range(4500):
        sample = draw(cases, seed=f"{number:064x}", targets={FIRST: 2}, reserves=0).drawn
        seen[tuple(sorted(sample))] += 1
    chi_square = sum((count - 100) ** 2 / 100 for count in seen.values())
    assert len(seen) == 45
    assert chi_square < 78.7


def test_every_area_and_the_initial_contacts_come_first() -> None:
    rare = [Candidate("rare", "adoption", "Adoption")]
    contacts = [Candidate(f"c{n}", "initial_contact") for n in range(5)]
    many = [Candidate(f"m{n}", "child_in_need", f"Team {n % 4}") for n in range(1000)]
    targets = propose_targets(rare + contacts + many, total=24, minimum_initial_contacts=3)
    assert targets["adoption | Adoption"] == 1
    assert targets["initial_contact | "] == 3
    assert sum(targets.values()) == 24
    shares = [count for name, count in targets.items() if name.startswith("child_in_need")]
    assert shares == [5, 5, 5, 5]


def test_coverage_may_need_more_than_was_asked_for() -> None:
    targets = propose_targets(frame_of(50), total=2, minimum_initial_contacts=2)
    assert sum(targets.values()) == len(AREAS) + 1


def test_a_stratum_gives_no_more_than_it_has() -> None:
    cases = frame_of(4)
    targets = propose_targets(cases, total=100, minimum_initial_contacts=2)
    assert targets == sizes_of(cases)
    with pytest.raises(DrawNotPossible, match="2 cases were asked for"):
        draw(cases, seed="1" * 64, targets={FIRST: 2}, reserves=0)
    with pytest.raises(DrawNotPossible):
        draw(cases, seed="1" * 64, targets={"elsewhere | ": 1}, reserves=0)
    with pytest.raises(DrawNotPossible):
        draw(cases, seed="1" * 64, targets={FIRST: -1}, reserves=0)


def test_of_a_family_one_child_is_drawn_unless_it_was_chosen_otherwise() -> None:
    cases = [Candidate(f"s{n}", "child_in_need", family="f1") for n in range(3)]
    alone = Candidate("alone", "child_in_need")
    kept, aside = one_per_family([*cases, alone])
    assert (len(kept), len(aside)) == (2, 2)
    name = alone.stratum
    result = draw([*cases, alone], seed="2" * 64, targets={name: 2}, reserves=5)
    assert set(result.drawn) == {"s0", "alone"}
    assert result.siblings == ("s1", "s2")
    together = draw(
        [*cases, alone], seed="2" * 64, targets={name: 4}, reserves=0, siblings_together=True
    )
    assert len(together.drawn) == 4


def test_supplements_stand_in_strata_of_their_own() -> None:
    themed = [
        Candidate(f"t{n}", "child_in_need", "Team 1", route="themed_supplement") for n in "12"
    ]
    cases = [*frame_of(20), *themed]
    targets = propose_targets(cases, total=10, minimum_initial_contacts=2)
    assert targets["themed_supplement | child_in_need"] == 0
    targets["themed_supplement | child_in_need"] = 1
    result = draw(cases, seed="3" * 64, targets=targets, reserves=1)
    (own,) = (stratum for stratum in result.strata if stratum.route == "themed_supplement")
    assert len(own.drawn) == len(own.reserves) == 1
    assert set(own.drawn + own.reserves) == {"t1", "t2"}


def test_a_hundred_thousand_cases_take_seconds() -> None:
    cases = frame_of(100_000, teams=17)
    begun = time.perf_counter()
    targets = propose_targets(cases, total=200, minimum_initial_contacts=10)
    result = draw(cases, seed="4" * 64, targets=targets, reserves=2)
    assert len(result.drawn) == 200
    assert time.perf_counter() - begun < 10
