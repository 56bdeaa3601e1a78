"""The eleven lists of Annex A: what each says about a case (docs/selection.md gives the reasons)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from learning.selection.frames.cells import plain

CHILD_ID = {
    "child unique id",
    "child unique identifier",
    "child id",
    "unique child id",
    "unique child identifier",
}
FAMILY, TEAM, WORKER = "family identifier", "allocated team", "allocated worker"
SOURCES = ("contact source", "referral source")
ADOPTERS = 11

INTENSITY = (
    "child_protection",
    "adoption",
    "looked_after",
    "child_in_need",
    "care_leaver",
    "family_support_early_help",
    "initial_contact",
)
"""A child on several lists is one case of the area that stands first here; areas that do not, come last."""


def intensity_of(area: str) -> int:
    """The place of an area among those that a child may be in; the lowest is the most intensive."""
    return INTENSITY.index(area) if area in INTENSITY else len(INTENSITY) + (not area)


@dataclass(frozen=True)
class AnnexList:
    """One list: which work it shows, the title that only it has, and when work began and ended."""

    number: int
    words: str
    area: str
    own_title: str
    opened: str = ""
    ended: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"List {self.number}: {self.words}"


LISTS = (
    AnnexList(1, "contacts", "initial_contact", "date of contact", "date of contact"),
    AnnexList(
        2,
        "early help",
        "family_support_early_help",
        "organisation completing assessment",
        "assessment start date",
    ),
    AnnexList(3, "referrals", "initial_contact", "date of referral", "date of referral"),
    AnnexList(
        4,
        "assessments",
        "child_in_need",
        "continuous assessment start date",
        "continuous assessment start date",
    ),
    AnnexList(
        5,
        "section 47 enquiries",
        "child_protection",
        "strategy discussion initiating section 47 enquiry start date",
        "strategy discussion initiating section 47 enquiry start date",
    ),
    AnnexList(
        6,
        "children in need",
        "child_in_need",
        "cin start date",
        "cin start date",
        ("cin closure date",),
    ),
    AnnexList(
        7,
        "child protection plans",
        "child_protection",
        "child protection plan start date",
        "child protection plan start date",
        ("child protection plan end date",),
    ),
    AnnexList(
        8,
        "children in care",
        "looked_after",
        "date started to be looked after",
        "date started to be looked after",
        ("date ceased to be looked after",),
    ),
    AnnexList(9, "care leavers", "care_leaver", "eligibility category"),
    AnnexList(
        10,
        "adoption",
        "adoption",
        "date the child entered care",
        "date of decision that child should be placed for adoption",
        (
            "date of adoption order",
            "date of decision that child should no longer be placed for adoption",
        ),
    ),
    AnnexList(ADOPTERS, "adopters", "", "individual adopter identifier"),
)
_BY_TITLE = {one.own_title: one for one in LISTS}


def list_of(titles: list[str]) -> AnnexList | None:
    """The list that these column titles belong to: told by the title that no other list has."""
    return next((_BY_TITLE[title] for title in titles if title in _BY_TITLE), None)


def is_header(titles: list[str]) -> bool:
    """Whether a row of cells is the header of one of the lists."""
    return any(title in CHILD_ID or title == _BY_ADOPTER for title in titles)


_BY_ADOPTER = LISTS[-1].own_title


def form_of(titles: set[str]) -> str:
    """Which form of Annex A it is: that of January 2024 asks care leavers for more."""
    newer = "latest pathway plan review date" in titles or "allocated personal advisor" in titles
    return "Annex A, January 2024" if newer else "Annex A, 2019"


@cache
def known_titles() -> dict[str, str]:
    """Every column title of Annex A, by its plain form. No other title is repeated: it may be a name."""
    lines = (Path(__file__).parent / "annex_a_titles.txt").read_text("utf-8").splitlines()
    return {plain(line): line for line in lines if line and not line.startswith("#")}
