"""The thirteen parts of a cycle's report (domain.md G2): what each is about, and its figures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part: what is asked of whoever writes it, and the keys of the figures that stand in it."""

    number: int
    title: str
    ask: str
    is_required: bool = False
    figures: tuple[str, ...] = ()
    is_in_summary: bool = False
    start: str = ""
    has_quotes: bool = False

    @property
    def anchor(self) -> str:
        return f"part-{self.number}"


PARTS = (
    Part(
        1,
        "Purpose, dates and who took part",
        "Why this cycle looked at what it looked at, in a few sentences for somebody who was not there.",
        is_required=True,
        figures=("in-short", "who-audits"),
        is_in_summary=True,
    ),
    Part(
        2,
        "The sample and how it was drawn",
        "Anything that a reader should know about the draw. The figures and the certificate are put in.",
        figures=(
            "draw-certificate",
            "coverage",
            "team-coverage",
            "preparation",
            "why-replaced",
            "spot-checks",
        ),
    ),
    Part(
        3,
        "What happened to what we said last time",
        "What has changed for children since the last reports, and how you know.",
        is_required=True,
        figures=("impact-ledger", "before-and-after", "retested"),
    ),
    Part(
        4,
        "Strengths",
        "What helped children, with words of children and parents that they agreed to.",
        is_required=True,
        has_quotes=True,
        figures=(
            "strengths-over-time",
            "spot-check-strengths",
            "letters-of-thanks",
            "themes-of-good-work",
        ),
        is_in_summary=True,
    ),
    Part(
        5,
        "What needs to develop",
        "What children needed and did not get, and why that may be. About practice, never about a person.",
        is_required=True,
        figures=("development-over-time", "strength-and-development", "spot-check-development"),
        is_in_summary=True,
    ),
    Part(
        6,
        "What families said",
        "What children and parents said, where they saw it as the auditors did, and where not. Say it too "
        "if few could be asked.",
        is_required=True,
        has_quotes=True,
        figures=("family-voice", "why-not-heard", "family-agreement"),
        is_in_summary=True,
    ),
    Part(
        7,
        "Recommendations and action plan",
        "What the recommendations have in common. The plan itself is put in.",
        figures=("action-plan",),
        is_in_summary=True,
    ),
    Part(
        8,
        "Overdue, and more time asked for",
        "What stands in the way of those that are late.",
        figures=(
            "late-and-asked",
            "recommendations-by-status",
            "age-of-open-recommendations",
            "confirmed-in-time",
        ),
    ),
    Part(
        9,
        "What could not wait",
        "How the way from concern to action worked. No case is told here.",
        figures=("immediate-concerns", "escalation-times"),
    ),
    Part(
        10,
        "Learning and training delivered",
        "Workshops, briefings and training since the last report, and who could come.",
        figures=("training-actions",),
    ),
    Part(
        11,
        "The audit itself",
        "What worked on the days, what did not, and what will be different.",
        figures=("audit-itself", "recording-gaps", "cost"),
    ),
    Part(
        12,
        "Decisions sought from the board",
        "What you ask the board to decide. None? Say so.",
        is_required=True,
    ),
    Part(
        13,
        "Limits of the evidence",
        "What this report cannot show.",
        is_required=True,
        is_in_summary=True,
        start="This is a small sample. It describes what was seen in the audited cases and does not "
        "measure the service. Cases drawn at random and cases drawn for a theme are never put into one "
        "percentage. Numbers under five are not shown.",
    ),
)
PART_NUMBERS = tuple(part.number for part in PARTS)


def part_numbered(number: int) -> Part:
    """The part with this number; `KeyError` where there is none."""
    return {part.number: part for part in PARTS}[number]
