"""What this room writes to people: a link, and no more than the cycle's reference."""

from typing import Any

from django.urls import reverse

from learning.people.mailing import mail_once_saved, whole_address
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState


def tell_member(person: Any, cycle: AuditCycle) -> None:
    """Tell somebody that they are in the team."""
    url = whole_address(reverse("programme:my_part", args=[cycle.ref]))
    mail_once_saved(
        person,
        f"You are in the audit team of {cycle}",
        f"What is left for you to do before the days, with dates and timetable, is here:\n\n{url}\n",
    )


def tell_team_of_days(cycle: AuditCycle) -> None:
    """Tell everybody in the team that the days are others now, or are put off."""
    url = whole_address(reverse("programme:my_part", args=[cycle.ref]))
    subject, body = words_about_days(cycle)
    for member in cycle.team.select_related("person"):
        mail_once_saved(member.person, subject, f"{body}\n\n{url}\n")


def words_about_days(cycle: AuditCycle) -> tuple[str, str]:
    """Subject and first sentence of a mail about days that have changed; they stand behind the link alone."""
    if cycle.state == CycleState.POSTPONED:
        return (
            f"Practice audit {cycle}: the days are put off",
            "The audit does not take place on the days that were planned. You hear when there are new "
            "ones. Where it stands:",
        )
    return (
        f"Practice audit {cycle}: other days",
        "The audit takes place on other days than were planned. Which these are, and what to do now:",
    )
