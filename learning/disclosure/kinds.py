"""What may give a child, a family or a colleague away, and what is done about it (domain.md D7)."""

from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """The kinds of things that are looked for, with the words that people read."""

    NHS_NUMBER = "NHS_NUMBER", "NHS number"
    UPN = "UPN", "Unique pupil number"
    NINO = "NINO", "National Insurance number"
    SWE_NUMBER = "SWE_NUMBER", "Social worker’s registration number"
    UK_PASSPORT = "UK_PASSPORT", "Passport number"
    UK_DRIVING_LICENCE = "UK_DRIVING_LICENCE", "Driving licence number"
    UK_VEHICLE_REG = "UK_VEHICLE_REG", "Vehicle registration"
    BANK_ACCOUNT = "BANK_ACCOUNT", "Bank account"
    CASE_REFERENCE = "CASE_REFERENCE", "Case reference"
    COURT_REFERENCE = "COURT_REFERENCE", "Court reference"
    DATE_OF_BIRTH = "DATE_OF_BIRTH", "Date of birth"
    DATE = "DATE", "Full date"
    POSTCODE = "POSTCODE", "Postcode"
    ADDRESS = "ADDRESS", "Address"
    EMAIL = "EMAIL", "E-mail address"
    WEB_ADDRESS = "WEB_ADDRESS", "Web address or account name"
    PHONE = "PHONE", "Telephone number"
    AGE = "AGE", "Exact age"
    STAFF_NAME = "STAFF_NAME", "Name of a colleague"
    PERSON_NAME = "PERSON_NAME", "Name of a person"
    PLACE = "PLACE", "Name of a place"
    TEAM_NAME = "TEAM_NAME", "Name of a team"
    EMPLOYER = "EMPLOYER", "Employer, prison or club"
    HEALTH = "HEALTH", "Particular illness or condition"
    IMMIGRATION = "IMMIGRATION", "Where somebody stands with immigration"
    SMALL_COUNT = "SMALL_COUNT", "Count of few people"
    GRADE = "GRADE", "Grade or score"

    @property
    def inside(self) -> str:
        """The words as they stand inside a sentence: “NHS number” and “National Insurance number” keep their
        capitals."""
        words = str(self.label)
        return words if self in STAYS_CAPITAL else words[0].lower() + words[1:]


STAYS_CAPITAL = frozenset({Kind.NHS_NUMBER, Kind.NINO})
"""Kinds whose words begin with a name of their own."""


class Action(models.TextChoices):
    """Whether the words must go, or may stay when somebody says why."""

    BLOCK = "block", "Has to go"
    WARN = "warn", "May stay with a reason"


TOLD_INSIDE = frozenset({Kind.TEAM_NAME, Kind.EMPLOYER, Kind.HEALTH, Kind.IMMIGRATION})
"""Kinds that people who know a case need among themselves, and that are asked about where all staff read."""

NAMES_NOBODY = TOLD_INSIDE | {Kind.SMALL_COUNT, Kind.GRADE}
"""Kinds that are looked for where all staff read, and that tell of no person in anybody's own words."""

WARNED = TOLD_INSIDE | frozenset(
    {
        Kind.DATE,
        Kind.WEB_ADDRESS,
        Kind.AGE,
        Kind.STAFF_NAME,
        Kind.PERSON_NAME,
        Kind.PLACE,
        Kind.SMALL_COUNT,
        Kind.GRADE,
    }
)
"""Kinds that are sometimes right: a law's date, a signature, an inspector's own word. All others block."""

ADVICE: dict[str, str] = {
    Kind.NHS_NUMBER: "Take the number out.",
    Kind.UPN: "Take the number out.",
    Kind.NINO: "Take the number out.",
    Kind.SWE_NUMBER: "Take the number out, and say the role: “the worker”.",
    Kind.UK_PASSPORT: "Take the number out.",
    Kind.UK_DRIVING_LICENCE: "Take the number out.",
    Kind.UK_VEHICLE_REG: "Take the registration out.",
    Kind.BANK_ACCOUNT: "Take the numbers out.",
    Kind.CASE_REFERENCE: "Take the reference out: a page names the audits that it rests on elsewhere.",
    Kind.COURT_REFERENCE: "Take the reference out; say what kind of hearing it was.",
    Kind.DATE_OF_BIRTH: "Say an age band instead, such as 5 to 9.",
    Kind.DATE: "Say the quarter or the week instead, such as “in the third week”.",
    Kind.POSTCODE: "Say “in the borough” instead.",
    Kind.ADDRESS: "Say “at home” or “in the borough” instead.",
    Kind.EMAIL: "Take the address out: the page names its contact elsewhere.",
    Kind.WEB_ADDRESS: "Leave it only if it leads to something that is public anyway.",
    Kind.PHONE: "Take the number out.",
    Kind.AGE: "Say an age band instead, such as 5 to 9.",
    Kind.STAFF_NAME: "Say the role instead, such as “the worker”.",
    Kind.PERSON_NAME: "Say who it is to the child, such as “mother” or “older brother”.",
    Kind.PLACE: "Say what kind of place it is, such as “school”.",
    Kind.TEAM_NAME: "Say the service area instead, such as “fostering service”.",
    Kind.EMPLOYER: "Say it more generally, such as “at work” or “in custody”.",
    Kind.HEALTH: "Say it more generally, such as “a health condition”, unless the learning is about it.",
    Kind.IMMIGRATION: "Say it more generally, unless the learning is about it.",
    Kind.SMALL_COUNT: "Say “some” or “a few”: so few people can be counted out.",
    Kind.GRADE: "Say what was done and what it meant for the child, without a grade.",
}
"""What to write instead, to somebody who meets the mark."""


@dataclass(frozen=True, order=True)
class Span:
    """Some characters of a text, from `start` up to `end`, and what they look like."""

    start: int
    end: int
    kind: str

    @property
    def action(self) -> str:
        return Action.WARN if self.kind in WARNED else Action.BLOCK

    @property
    def is_blocking(self) -> bool:
        return self.action == Action.BLOCK

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def label_inside(self) -> str:
        """The label as it stands inside a sentence."""
        return Kind(self.kind).inside

    @property
    def advice(self) -> str:
        return ADVICE[self.kind]
