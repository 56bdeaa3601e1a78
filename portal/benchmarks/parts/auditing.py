"""What an audit does with much at once: a whole council's list, a draw from it, the report of a cycle."""

import os

from portal.benchmarks.figures import Figure
from portal.benchmarks.run import Run

REAL_FILE = "PORTAL_REAL_ANNEX_A"
"""Where a real workbook is, if one is to be read instead of one made in code."""

MOST_SECONDS_TO_DRAW = 60
"""100,000 cases are drawn in seconds: far under a minute, wherever it runs."""


def measure_frame(run: Run) -> list[Figure]:
    """Seconds to bring in a workbook of all lists of Annex A, for each kind of database."""
    return [figure for kind in run.kinds for figure in _frame_on(run, kind)]


def _frame_on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "auditing")
    run.say(f"Bringing in a list of cases on {kind} …")
    file = os.environ.get(REAL_FILE, "")
    runs = [
        stage.step("frame", rows=run.sizes.frame_rows, run=number, file=file)
        for number in range(run.sizes.imports)
    ]
    part, rows = f"frame, {kind}", f"{runs[0]['rows']:,} rows"
    return [
        Figure(part, f"reading a workbook of {rows}", tuple(each["read"] for each in runs), "s"),
        Figure(part, f"loading its {runs[0]['cases']:,} cases",
               tuple(each["load"] for each in runs), "s"),
        Figure(part, "rows a second, both together",
               tuple(each["rows"] / (each["read"] + each["load"]) for each in runs)),
    ]  # fmt: skip


def measure_draw(run: Run) -> list[Figure]:
    """Seconds to draw, and to draw again from the certificate, for each kind of database."""
    return [figure for kind in run.kinds for figure in _draw_on(run, kind)]


def _draw_on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "auditing")
    cases = run.sizes.cases
    run.say(f"Drawing from {cases:,} cases on {kind} …")
    runs = [stage.step("draw", cases=cases, run=number) for number in range(run.sizes.imports)]
    part = f"draw, {kind}"
    return [
        Figure(part, f"a draw from {cases:,} cases", tuple(each["draw"] for each in runs), "s",
               at_most=MOST_SECONDS_TO_DRAW),
        Figure(part, "the same again from its certificate",
               tuple(each["verify"] for each in runs), "s"),
    ]  # fmt: skip


def measure_report(run: Run) -> list[Figure]:
    """Seconds to make the report of a cycle in each form, for each kind of database."""
    return [figure for kind in run.kinds for figure in _report_on(run, kind)]


def _report_on(run: Run, kind: str) -> list[Figure]:
    stage = run.ground.copy(kind, "auditing")
    run.say(f"Making the report of a cycle on {kind} …")
    runs = [stage.step("report", times=run.sizes.rounds) for _ in range(run.sizes.imports)]
    part = f"report, {kind}"
    figures = []
    for form in runs[0]:
        for when, words in (("first", "with its drawings made anew"), ("later", "after that")):
            seconds = tuple(each[form][when] for each in runs)
            figures.append(Figure(part, f"{form}, {words}", seconds, "s"))
    html = tuple(each["HTML"]["later"] for each in runs)
    pdf = tuple(each["PDF"]["later"] for each in runs)
    ratio = tuple(of_pdf / of_html for of_pdf, of_html in zip(pdf, html, strict=True))
    return [*figures, Figure(part, "PDF ÷ HTML", ratio)]
