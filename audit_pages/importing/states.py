"""Where an import batch stands, and what became of its rows."""

from django.db import models


class BatchState(models.TextChoices):
    """A batch is loaded, waits, and is approved once. Each state in -ing can be gone on with."""

    LOADING = "loading", "Loading"
    WAITING = "waiting", "Waiting for approval"
    APPROVING = "approving", "Being published"
    APPROVED = "approved", "Approved"
    WITHDRAWING = "withdrawing", "Being withdrawn"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REJECTING = "rejecting", "Being rejected"
    REJECTED = "rejected", "Rejected"
    NOTHING_NEW = "nothing_new", "Nothing new"
    FAILED = "failed", "Could not be read"


WORKING = frozenset(
    {
        BatchState.LOADING,
        BatchState.APPROVING,
        BatchState.WITHDRAWING,
        BatchState.REJECTING,
    }
)
"""States in which the task worker has something to do."""

UNDECIDED = frozenset({BatchState.LOADING, BatchState.WAITING, BatchState.APPROVING})
"""States in which drafts of the batch may still go live with it."""


class Outcome(models.TextChoices):
    """What loading did with a row. Unchanged rows are counted and leave nothing behind."""

    CREATED = "created", "New"
    UPDATED = "updated", "Changed"
    REJECTED = "rejected", "Rejected"
    STRUCTURE = "structure", "Section page"


DRAFTS = (Outcome.CREATED, Outcome.UPDATED)
"""Outcomes that leave a draft behind."""


class Result(models.TextChoices):
    """What became of a row's draft when its batch was decided."""

    PENDING = "", "Not decided"
    PUBLISHED = "published", "Published"
    LEFT = "left", "Left as it was"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DELETED = "deleted", "Deleted"
