"""The way of a yearly process review, and who is asked about the audit (domain.md A73, E6)."""

from django.db import models

from learning.programme.states import CycleState


class ReviewState(models.TextChoices):
    OPENED = "opened", "Collecting evidence"
    EVIDENCE_COLLECTED = "evidence_collected", "Evidence collected"
    DECIDED = "decided", "Decided"
    CHANGES_LINKED = "changes_linked", "Changes made"


class AskedPart(models.TextChoices):
    """The part in which somebody took part in a cycle."""

    AUDITOR = "auditor", "Auditors"
    AUDITEE = "auditee", "Workers whose case was audited"


class ChangeKind(models.TextChoices):
    """What a decision changed."""

    FORM = "form", "A new version of a form"
    GUIDANCE = "guidance", "A page of guidance, training or rules"
    SETTING = "setting", "One of the audit settings"


ASKABLE = (
    CycleState.FAMILY_FEEDBACK,
    CycleState.REPORTING,
    CycleState.WITH_BOARDS,
    CycleState.LEARNING_PUBLISHED,
)
"""States of a cycle in which its people can be asked: every analysis is signed off, and it is not closed."""

DID_NOT_HAPPEN = (CycleState.CANCELLED, CycleState.POSTPONED)
"""States of a cycle of which there is nothing to review."""

SHOWN_TO_ALL = (ReviewState.DECIDED, ReviewState.CHANGES_LINKED)
"""States in which everybody may read what was decided."""

WHAT_COMES = {
    ReviewState.OPENED: "Auditors and workers of each cycle are asked. When every cycle of the year has been "
    "asked about, the evidence is complete.",
    ReviewState.EVIDENCE_COLLECTED: "Read the evidence, and write down what will be different, who sees to "
    "it and until when.",
    ReviewState.DECIDED: "Everybody can read what was decided. Each decision is linked to what it changed.",
    ReviewState.CHANGES_LINKED: "Each decision has changed something, and this review is finished.",
}
"""What is going on, for somebody who was not there."""
