"""Figures: got from noisy runs by their medians, held against a target, printed as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

COLUMNS = ("part", "figure", "measured", "range of runs", "target", "")


@dataclass(frozen=True)
class Figure:
    """One figure. `runs` are the values whose median it is; a target is a limit from either side."""

    part: str
    name: str
    runs: tuple[float, ...]
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def value(self) -> float:
        return median(self.runs)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "runs": list(self.runs), "value": self.value, "is_met": self.is_met}


def percentile(values: Iterable[float], share: int) -> float:
    """The value that `share` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def ratios(values: Sequence[float], bases: Sequence[float]) -> tuple[float, ...]:
    """Each value by the base of its own run, so that a slow minute touches both."""
    return tuple(value / base for value, base in zip(values, bases, strict=True))


def as_table(figures: Sequence[Figure]) -> str:
    """The figures in lines, columns in line."""
    rows = [COLUMNS, *map(_row, figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
             for row in rows]  # fmt: skip
    return "\n".join(line.rstrip() for line in lines)


def _row(figure: Figure) -> tuple[str, ...]:
    spread = f"{_shown(min(figure.runs))}–{_shown(max(figure.runs))}"
    verdict = {True: "met", False: "MISSED", None: ""}[figure.is_met]
    return (
        figure.part,
        figure.name,
        f"{_shown(figure.value)} {figure.unit}".strip(),
        spread if len(figure.runs) > 1 else "",
        _target(figure),
        verdict,
    )


def _target(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"≤ {_shown(figure.at_most)}"
    return f"≥ {_shown(figure.at_least)}" if figure.at_least is not None else ""


def _shown(value: float) -> str:
    """Three significant figures are all that such runs can tell."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
