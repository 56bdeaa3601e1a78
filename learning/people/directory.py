"""Everybody, and who manages whom, read once for a whole round of messages."""

from collections.abc import Iterable

from learning.people.models import StaffMember
from learning.people.roles import Role

MOST_STEPS_UP = 6
"""How far up the line a senior manager is looked for; a line that bites its tail ends here."""


class Directory:
    """Who can be told of something. People are given by their keys, and found only if they may sign in."""

    def __init__(self) -> None:
        self.people = StaffMember.objects.in_bulk()
        holders = StaffMember.objects.filter(
            groups__name__in=[Role.SENIOR_MANAGER.label, Role.LEAD_QA.label]
        )
        roles = list(holders.values_list("pk", "groups__name"))
        self.seniors = {pk for pk, name in roles if name == Role.SENIOR_MANAGER.label}
        self.leads = sorted(pk for pk, name in roles if name == Role.LEAD_QA.label)

    def reachable(self, person_id: int | None) -> StaffMember | None:
        """The person, if they sign in."""
        person = self.people.get(person_id) if person_id else None
        return person if person is not None and person.may_sign_in else None

    def first_reachable(self, candidates: Iterable[int | None]) -> StaffMember | None:
        """The first of them who signs in."""
        return next((found for pk in candidates if (found := self.reachable(pk))), None)

    def manager_of(self, person_id: int | None) -> int | None:
        person = self.people.get(person_id) if person_id else None
        return person.line_manager_id if person else None

    def seniors_above(self, person_id: int | None) -> list[int]:
        """The senior managers in the line above this person who sign in, the nearest first."""
        found: list[int] = []
        above = self.manager_of(person_id)
        for _ in range(MOST_STEPS_UP):
            if above in self.seniors and self.reachable(above) and above not in found:
                found.append(above)
            above = self.manager_of(above)
        return found


def who_sign_in(role: Role) -> list[StaffMember]:
    """Everybody of this role who can sign in today."""
    people = StaffMember.objects.filter(groups__name=role.label).order_by("pk")
    return [person for person in people if person.may_sign_in]
