"""The states of an escalation, in their order, and what is told to whom about it (domain.md E4)."""

from django.db import models


class EscalationState(models.TextChoices):
    RAISED = "raised", "Raised"
    CONVEYED = "conveyed", "Conveyed"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ACTION_REPORTED = "action_reported", "Action reported"
    VERIFIED = "verified", "Verified"
    CLOSED = "closed", "Closed"


UNSETTLED = (
    EscalationState.RAISED,
    EscalationState.CONVEYED,
    EscalationState.ACKNOWLEDGED,
    EscalationState.ACTION_REPORTED,
)
"""States in which nobody has yet seen for themselves that the child is safe."""

WITH_THE_ADDRESSEE = (EscalationState.CONVEYED, EscalationState.ACKNOWLEDGED)
"""States in which it waits for whom it was conveyed to, and can be handed over."""

CONVEYED_ONCE = tuple(state for state in EscalationState if state != EscalationState.RAISED)


class AlertKind(models.TextChoices):
    """What somebody is told once: whose turn it is, and each clock that has run out."""

    RAISED = "raised", "Raised: the lead’s turn"
    RAISED_DEPUTY = "raised_deputy", "Raised: for the deputy to know"
    NOT_CONVEYED = "not_conveyed", "Not conveyed in time"
    NOT_CONVEYED_DIRECTOR = "not_conveyed_director", "Still not conveyed"
    CONVEYED = "conveyed", "Conveyed: the addressee’s turn"
    NOT_ACKNOWLEDGED = "not_acknowledged", "Not acknowledged in time"
    NOT_ACKNOWLEDGED_DIRECTOR = "not_acknowledged_director", "Still not acknowledged"
    NOT_ACTED = "not_acted", "No action reported in time"
    NOT_ACTED_DIRECTOR = "not_acted_director", "Still no action reported"
    REPORTED = "reported", "Action reported: the lead’s turn"


TO_THE_DEPUTY = (
    AlertKind.RAISED_DEPUTY,
    AlertKind.NOT_CONVEYED,
    AlertKind.NOT_ACKNOWLEDGED,
    AlertKind.NOT_ACTED,
)
TO_THE_DIRECTOR = (
    AlertKind.NOT_CONVEYED_DIRECTOR,
    AlertKind.NOT_ACKNOWLEDGED_DIRECTOR,
    AlertKind.NOT_ACTED_DIRECTOR,
)

OF_EACH_ADDRESSEE = (
    AlertKind.CONVEYED,
    AlertKind.NOT_ACKNOWLEDGED,
    AlertKind.NOT_ACKNOWLEDGED_DIRECTOR,
)
"""Told anew when it was handed over to somebody else: their clock begins anew. The deadline's does not."""

STILL_MATTERS = {
    AlertKind.RAISED: (EscalationState.RAISED,),
    AlertKind.RAISED_DEPUTY: (EscalationState.RAISED,),
    AlertKind.NOT_CONVEYED: (EscalationState.RAISED,),
    AlertKind.NOT_CONVEYED_DIRECTOR: (EscalationState.RAISED,),
    AlertKind.CONVEYED: (EscalationState.CONVEYED,),
    AlertKind.NOT_ACKNOWLEDGED: (EscalationState.CONVEYED,),
    AlertKind.NOT_ACKNOWLEDGED_DIRECTOR: (EscalationState.CONVEYED,),
    AlertKind.NOT_ACTED: (EscalationState.CONVEYED, EscalationState.ACKNOWLEDGED),
    AlertKind.NOT_ACTED_DIRECTOR: (EscalationState.CONVEYED, EscalationState.ACKNOWLEDGED),
    AlertKind.REPORTED: (EscalationState.ACTION_REPORTED,),
}
"""The states in which an alert that was not sent in its time still says something true."""
