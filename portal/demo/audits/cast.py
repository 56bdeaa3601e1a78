"""Who does what in the demo borough's audits: everything that is looked up once."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Permission

from learning.people.models import StaffMember, Team
from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.proforma.selectors import newest_offered, sections_for
from learning.vocabulary.models import AreaOfWork, Theme

DOMAIN = "@harrowmere.example"

TEAMS_OF_AREAS = {
    "initial_contact": ["cin-cp-north", "cin-cp-south"],
    "family_support_early_help": ["cin-cp-north", "cin-cp-south"],
    "child_in_need": ["cin-cp-north", "cin-cp-south"],
    "child_protection": ["cin-cp-north", "cin-cp-south"],
    "looked_after": ["permanence"],
    "care_leaver": ["young-peoples"],
    "fostering": ["fostering"],
    "adoption": ["adoption"],
}

WORKERS = {
    "initial_contact": ["parminder.dhaliwal", "kelly-ann.moorcroft"],
    "family_support_early_help": [
        "shanice.thorogood",
        "kelly-ann.moorcroft",
        "yusuf.abdirahman",
    ],
    "child_in_need": [
        "priya.chandrasekhar",
        "megan.strickland",
        "ibrahim.sesay",
        "chloe.fanshawe",
        "aneurin.pask",
        "blessing.nwachukwu",
        "hye-jin.seo",
    ],
    "looked_after": ["niamh.odowd", "desmond.carrington-hall", "ruxandra.popa"],
    "care_leaver": ["zoe.marchetti", "kwame.boateng-reid", "harriet.ngata"],
    "fostering": ["sunita.gurung", "patrick.hollis-mbeki", "jolanta.krawiec"],
    "adoption": ["abigail.rosenfeld", "mohammed.faruqui"],
}
WORKERS["child_protection"] = WORKERS["child_in_need"]


@dataclass
class Cast:
    """The borough's people, teams, areas, themes and forms by the names that the files here use."""

    people: dict[str, StaffMember] = field(default_factory=dict)

    def __post_init__(self) -> None:
        staff = StaffMember.objects.select_related("team", "line_manager")
        self.people = {person.email.removesuffix(DOMAIN): person for person in staff}
        self._sections: dict[tuple[int, str], list[ProFormaSection]] = {}

    def __getitem__(self, name: str) -> StaffMember:
        return self.people[name]

    @cached_property
    def teams(self) -> dict[str, Team]:
        return {team.code: team for team in Team.objects.all()}

    @cached_property
    def areas(self) -> dict[str, AreaOfWork]:
        return {area.code: area for area in AreaOfWork.objects.all()}

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {theme.code: theme for theme in Theme.objects.all()}

    @cached_property
    def forms(self) -> dict[str, ProFormaVersion]:
        return {kind.value: newest_offered(kind) for kind in ProFormaKind}

    @cached_property
    def reading(self) -> Permission:
        """The permission that a grant gives."""
        return Permission.objects.get(
            content_type__app_label="learning", codename="view_auditsubmission"
        )

    def sections(self, form: ProFormaVersion, area: AreaOfWork) -> list[ProFormaSection]:
        """The sections of the form for this area, looked up once."""
        key = (form.pk, area.code)
        if key not in self._sections:
            self._sections[key] = sections_for(form, area)
        return self._sections[key]

    def workers(self, area: str, team: str) -> list[Any]:
        """Those of the team who hold cases of this area."""
        return [self[name] for name in WORKERS[area] if self[name].team_id == self.teams[team].pk]
