"""A theme's trend in words and figures: the same on the chart, in the notes and on the printed page."""

from audit_pages.panels import TrendTable


def has_figures(trend: TrendTable | None) -> bool:
    return trend is not None and not trend.is_empty


def described(trend: TrendTable | None) -> list[str]:
    """What the chart shows, in sentences: read in place of it by those who do not see it."""
    if trend is None or trend.is_empty:
        return ["Nothing that we have published carries this theme yet."]
    counts = [sum(counts) for _, counts in rows_of(trend)]
    busiest = counts.index(max(counts))
    return [
        f"{_pages(sum(counts))} with this theme from {trend.quarters[0]} to {trend.quarters[-1]}.",
        f"Most in one quarter: {counts[busiest]}, in {trend.quarters[busiest]}.",
        "The bars count published pages, not children, families or audits.",
    ]


def _pages(total: int) -> str:
    return "One published page" if total == 1 else f"{total} published pages"


def rows_of(trend: TrendTable) -> list[tuple[str, list[int]]]:
    """Each quarter with its counts, in the order of the series."""
    return [
        (quarter, [counts[place] for counts in trend.series.values()])
        for place, quarter in enumerate(trend.quarters)
    ]


def as_lines(trend: TrendTable) -> list[str]:
    """The figures as a table of plain text, for the notes."""
    head = "\t".join(["Quarter", *trend.series])
    return [head, *("\t".join([quarter, *map(str, counts)]) for quarter, counts in rows_of(trend))]
