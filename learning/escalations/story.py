"""What has happened with one escalation, told in order out of its events, and out of whom the portal told."""

from learning.escalations.models import Escalation
from learning.escalations.states import AlertKind
from learning.events.services import events_about
from learning.people.models import StaffMember
from learning.recommendations.story import Happening

TOLD = {
    "escalation.raise": "reported it from the {about}",
    "escalation.convey": "conveyed it",
    "escalation.hand_over": "gave it to another senior manager",
    "escalation.acknowledge": "read it and acts",
    "escalation.report_action": "reported what was done",
    "escalation.verify": "verified it",
    "escalation.close": "closed it",
    "escalation.note": "added a note",
    "escalation.refer_elsewhere": "noted that it was referred elsewhere",
}
ABOUT = {
    AlertKind.RAISED: "that it was raised",
    AlertKind.RAISED_DEPUTY: "that it was raised",
    AlertKind.NOT_CONVEYED: "that it was not conveyed in time",
    AlertKind.NOT_CONVEYED_DIRECTOR: "that it was still not conveyed",
    AlertKind.CONVEYED: "that it was conveyed to them",
    AlertKind.NOT_ACKNOWLEDGED: "that it was not acknowledged in time",
    AlertKind.NOT_ACKNOWLEDGED_DIRECTOR: "that it was still not acknowledged",
    AlertKind.NOT_ACTED: "that the deadline had passed",
    AlertKind.NOT_ACTED_DIRECTOR: "that the deadline had passed some time ago",
    AlertKind.REPORTED: "that action was reported",
}
FOR_THE_OFFICE = ("escalation.refer_elsewhere",)


def story_of(escalation: Escalation, *, with_alerts: bool) -> list[Happening]:
    """Everything that happened, the first first, without words: those stand above it. Three queries."""
    happenings = _events(escalation, with_alerts)
    if with_alerts:
        happenings += _alerts(escalation)
    return sorted(happenings, key=lambda happening: happening.at)


def _events(escalation: Escalation, for_the_office: bool) -> list[Happening]:
    wanted = [name for name in TOLD if for_the_office or name not in FOR_THE_OFFICE]
    rows = list(events_about(escalation).filter(action__in=wanted).order_by("id"))
    people = StaffMember.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        Happening(
            row.happened_at,
            str(people.get(row.actor_id, "The portal")),
            TOLD[row.action].format(about=escalation.about_words),
        )
        for row in rows
    ]


def _alerts(escalation: Escalation) -> list[Happening]:
    """Whom the portal told, and what."""
    sent = escalation.alerts.filter(sent_at__isnull=False).select_related("recipient")
    return [
        Happening(row.sent_at, "The portal", f"told {row.recipient} {ABOUT[AlertKind(row.kind)]}")
        for row in sent
        if row.sent_at
    ]
