"""What a page rests on, as each reader may see it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from wagtail.models import Page

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.evidence.models import PageEvidence
from learning.submissions.models import AuditSubmission
from learning.submissions.states import AFTER_QUALITY_ASSURANCE
from learning.suppression.counts import is_small, n_of_n


@dataclass(frozen=True)
class RestsOn:
    """The words that every reader sees, and the audits that this one may open."""

    words: str
    quarters: str
    areas: str
    may_open: list[AuditSubmission]
    may_manage: bool


def rests_on(page_id: int, user: Any) -> RestsOn | None:
    """What the page rests on for this reader; None where there is nothing to say to them."""
    rows = list(_with_reading(evidence_of(page_id), user))
    may_manage = holds(user, Right.EVIDENCE)
    if not rows and not may_manage:
        return None
    named = [row.submission for row in rows if row.submission is not None]
    return RestsOn(
        words=_words(rows),
        quarters=", ".join(sorted({audit.case.cycle.quarter for audit in named})),
        areas=_areas(named),
        may_open=[row.submission for row in rows if row.may_open],
        may_manage=may_manage,
    )


def evidence_of(page_id: int) -> Any:
    """The page's evidence with each audit's case, cycle and area."""
    rows = PageEvidence.objects.filter(page_id=page_id)
    return rows.select_related("submission__case__cycle", "submission__case__area")


def _with_reading(rows: Any, user: Any) -> Any:
    """Each row with `may_open`, and with `audits_in_cycle`; in the same query, since every reader of the
    page waits for it."""
    readable = AuditSubmission.objects.visible_to(user).filter(pk=OuterRef("submission_id"))
    in_cycle = (
        AuditSubmission.objects.filter(case__cycle=OuterRef("submission__case__cycle"))
        .order_by()
        .values("case__cycle")
        .annotate(count=Count("pk"))
    )
    return rows.annotate(
        may_open=Exists(readable), audits_in_cycle=Subquery(in_cycle.values("count"))
    )


def namable(user: Any, page_id: int, cycle_ref: str) -> Any:
    """Quality-assured audits of a cycle that this person may read and that the page does not name yet."""
    audits = AuditSubmission.objects.visible_to(user).filter(
        state__in=AFTER_QUALITY_ASSURANCE, case__cycle__ref=cycle_ref
    )
    named = PageEvidence.objects.filter(page_id=page_id, submission__isnull=False)
    return audits.exclude(pk__in=named.values("submission")).select_related("case__area")


def cycles_with_audits(user: Any) -> list[str]:
    """References of the cycles that have a quality-assured audit, the newest first."""
    audits = AuditSubmission.objects.visible_to(user).filter(state__in=AFTER_QUALITY_ASSURANCE)
    refs = audits.order_by().values_list("case__cycle__ref", flat=True).distinct()
    return sorted(refs, reverse=True)


def pages_with_evidence() -> Any:
    """Pages that name audits, the one that was changed last first, each with `audit_count`."""
    counts = PageEvidence.objects.order_by().values("page").annotate(count=Count("pk"))
    numbers = {row["page"]: row["count"] for row in counts}
    pages = list(Page.objects.filter(pk__in=numbers).order_by("-latest_revision_created_at"))
    for page in pages:
        page.audit_count = numbers[page.pk]
    return pages


def _words(rows: list[Any]) -> str:
    """`9 of 24 audits`; without a total where one cycle's is unknown or too small to show.

    A total over several cycles, less the others' known totals, would tell the small one.
    """
    named = [row for row in rows if row.submission is not None]
    totals = {row.submission.case.cycle_id: row.audits_in_cycle for row in named}
    if len(named) < len(rows) or any(is_small(total) for total in totals.values()):
        return _count_alone(len(rows))
    return n_of_n(len(rows), sum(totals.values())) if rows else ""


def _areas(named: list[AuditSubmission]) -> str:
    """The areas of work that enough of the audits are of; a rarer one could be counted out."""
    counts: dict[str, int] = {}
    for audit in named:
        counts[audit.case.area.label] = counts.get(audit.case.area.label, 0) + 1
    return ", ".join(sorted(label for label, count in counts.items() if not is_small(count)))


def _count_alone(count: int) -> str:
    if is_small(count):
        return f"fewer than {settings.PORTAL_SUPPRESS_BELOW} audits"
    return f"{count} audits"
