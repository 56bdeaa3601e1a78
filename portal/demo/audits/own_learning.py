"""What the auditors of a closed cycle gave in hours beside their audits, and what some took from it."""

from decimal import Decimal

from learning.hours.models import Activity, LoggedHours
from learning.people.models import StaffMember
from learning.reflections.models import AuditorReflection
from portal.demo.audits.stories import read
from portal.demo.audits.teams import Team

HOURS = {Activity.PREPARATION: "3", Activity.PLENARY: "1.5", Activity.FAMILIES: "2.5"}
ASKED_FAMILIES = 3
"""Every so many of the team met families beside their own cases."""


def give_hours(team: Team) -> None:
    """Everybody prepared and sat in the plenaries; some asked families."""
    for number, person in enumerate(_people(team)):
        for activity, hours in HOURS.items():
            if activity != Activity.FAMILIES or number % ASKED_FAMILIES == 0:
                team.shelf.add(
                    LoggedHours(
                        cycle=team.cycle, person=person, activity=activity, hours=Decimal(hours)
                    )
                )


def reflect(team: Team) -> None:
    """Some of the last closed cycle looked back; the first has shared it with the line manager."""
    rows = [
        row for row in read("reflections.toml")["reflection"] if row["quarter"] == team.cycle.ref
    ]
    for number, (person, row) in enumerate(zip(_people(team), rows, strict=False)):
        when = team.pace.at("sign_off", 16, number)
        manager = person.line_manager if number == 0 else None
        reflection = AuditorReflection(
            cycle=team.cycle,
            person=person,
            **{name: row[name] for name in AuditorReflection.BOXES},
            written_at=when,
            shared_with=manager,
            shared_at=when if manager else None,
        )
        team.shelf.add(reflection)
        team.shelf.event(when, person, "auditorreflection.write", reflection)


def _people(team: Team) -> list[StaffMember]:
    return [member.person for _, members in team.pairs for member in members]
