"""What a load did, in counts and in the rows that were turned away."""

from typing import Any

from audit_pages.importing.matching import Match
from audit_pages.importing.models import ImportBatch
from audit_pages.importing.states import DRAFTS, Outcome, Result


def report_of_batch(batch: ImportBatch) -> dict[str, Any]:
    """The counts of a batch, with its rejected rows."""
    rejected = batch.rows.filter(outcome=Outcome.REJECTED).values_list("number", "reason")
    return {
        "batch": batch.pk,
        "state": batch.state,
        "rows_read": batch.rows_done,
        "created": batch.created_count,
        "updated": batch.updated_count,
        "unchanged": batch.unchanged_count,
        "rejected": batch.rejected_count,
        "errors": [{"row": number, "reason": reason} for number, reason in rejected],
        "warnings": batch.warnings,
    }


def report_of_plan(
    matches: list[Match], *, batch: ImportBatch | None, warnings: list[str]
) -> dict[str, Any]:
    """The same for rows that were only looked at; `batch` is the one that loaded them before."""
    outcomes = [match.outcome for match in matches]
    return {
        "batch": batch.pk if batch else None,
        "state": batch.state if batch else "",
        "rows_read": len(matches),
        "created": outcomes.count(Outcome.CREATED),
        "updated": outcomes.count(Outcome.UPDATED),
        "unchanged": outcomes.count(None),
        "rejected": outcomes.count(Outcome.REJECTED),
        "errors": [
            {"row": match.row.number, "reason": match.reason}
            for match in matches
            if match.outcome == Outcome.REJECTED
        ],
        "warnings": warnings,
    }


def report_of_decision(batch: ImportBatch) -> dict[str, Any]:
    """How many findings of the batch went live, and which were left, each with its reason."""
    left = batch.rows.filter(result=Result.LEFT).values_list("number", "reason")
    return {
        "batch": batch.pk,
        "state": batch.state,
        "published": batch.rows.filter(outcome__in=DRAFTS, result=Result.PUBLISHED).count(),
        "left": [{"row": number, "reason": reason} for number, reason in left],
    }
