"""How somebody comes to read one audit who otherwise may not, and how far that has come."""

from django.db import models


class OpeningKind(models.TextChoices):
    BREAK_GLASS = "break_glass", "Break-glass"
    REQUEST = "request", "On request"


class OpeningState(models.TextChoices):
    ASKED = "asked", "Asked for"
    OPENED = "opened", "Opened"
    REFUSED = "refused", "Refused"
    LOOKED_AT = "looked_at", "Opened, and looked at"


class Side(models.TextChoices):
    """Who looks at a break-glass opening afterwards; both sides do."""

    LEAD = "lead", "Lead manager"
    GOVERNANCE = "governance", "Information governance"
