"""What this room writes to people: a link, and no more than the cycle's reference."""

from typing import Any

from django.core.mail import send_mail
from django.urls import reverse

from learning.people.mailing import whole_address
from learning.programme.models import AuditCycle


def tell_member(person: Any, cycle: AuditCycle) -> None:
    """Tell somebody that they are in the team."""
    url = whole_address(reverse("programme:my_part", args=[cycle.ref]))
    send_mail(
        f"You are in the audit team of {cycle}",
        f"What is left for you to do before the days, with dates and timetable, is here:\n\n{url}\n",
        None,
        [person.email],
        fail_silently=True,
    )
