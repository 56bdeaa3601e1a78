"""Whom a family's views are asked from, and what becomes of asking (domain.md A53–A56, D2, E3)."""

from django.db import models


class AskedPerson(models.TextChoices):
    """Who is asked, by their part in the child's life and never by name."""

    CHILD = "child", "Child"
    YOUNG_PERSON = "young_person", "Young person or care leaver"
    PARENT_OR_CARER = "parent_or_carer", "Parent or carer"
    FOSTER_CARER_OR_STAFF = "foster_carer_or_staff", "Foster carer or residential staff"


CHILDREN = (AskedPerson.CHILD, AskedPerson.YOUNG_PERSON)


class FeedbackState(models.TextChoices):
    DUE = "due", "Is contact safe?"
    SAFETY_CHECKED = "safety_checked", "Safe to contact"
    INVITED = "invited", "Invited"
    HELD = "held", "Met"
    WRITTEN = "written", "They wrote"
    WRITTEN_UP = "written_up", "Written up"
    INCORPORATED = "incorporated", "In the audit"
    DECLINED = "declined", "They did not want to"
    NOT_SAFE = "not_safe", "Not safe to ask"
    NOT_REACHED = "not_reached", "Not reached"
    NOT_APPROPRIATE = "not_appropriate", "Not right to ask now"


MAY_BE_CHECKED = (FeedbackState.DUE, FeedbackState.SAFETY_CHECKED, FeedbackState.INVITED)
"""States in which the worker may still say that contact is not, or no longer, safe."""

BEING_TRIED = (FeedbackState.SAFETY_CHECKED, FeedbackState.INVITED)
"""States in which the pair tries to reach them."""

HEARD = (FeedbackState.HELD, FeedbackState.WRITTEN, FeedbackState.WRITTEN_UP)
"""States in which there are words to write up."""

ENDED = (
    FeedbackState.DECLINED,
    FeedbackState.NOT_SAFE,
    FeedbackState.NOT_REACHED,
    FeedbackState.NOT_APPROPRIATE,
)
"""Asking came to an end without their views, for a reason."""

SETTLED = (FeedbackState.INCORPORATED, *ENDED)
"""Nothing more is to be done: an audit may be completed."""


class SharedView(models.TextChoices):
    """How what somebody said of a theme stands to the auditors' view. It weighs neither of them."""

    SAME = "same", "They see it as the audit does"
    DIFFERENT = "different", "They see it differently"
    NEW = "new", "The audit did not see it"
