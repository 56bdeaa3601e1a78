"""What is disposed of, and how far a list of it has come."""

from django.db import models


class DisposalKind(models.TextChoices):
    AUDIT = "audit", "Audit: what was written, said and answered in it"
    SPOT_CHECK = "spot_check", "Spot check: what was written in it"
    LETTER = "letter", "Private letter"
    KEYS = "keys", "Case numbers and list of cases"
    PAPERS = "papers", "Plenary notes, reflections and answers about the audit itself"
    RECOMMENDATION = "recommendation", "Recommendation: its words and what was written about it"
    REPORT = "report", "Cycle report: what was written in it"
    ACCESS_LOG = "access_log", "Access log"


class ListState(models.TextChoices):
    DRAWN_UP = "drawn_up", "To be checked"
    CHECKED = "checked", "To be approved"
    APPROVED = "approved", "Approved"
    DONE = "done", "Disposed of"
    SET_ASIDE = "set_aside", "Set aside"


OPEN_LISTS = (ListState.DRAWN_UP, ListState.CHECKED, ListState.APPROVED)
