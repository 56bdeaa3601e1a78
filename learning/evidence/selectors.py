"""What a page rests on, as each reader may see it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from wagtail.models import Page

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.evidence.models import PageEvidence
from learning.prepared import PreparedRead
from learning.submissions.models import AuditSubmission
from learning.submissions.states import AFTER_QUALITY_ASSURANCE
from learning.suppression.counts import is_small, n_of_n


@dataclass(frozen=True)
class RestsOn:
    """The words that every reader sees, and the audits that this one may open."""

    words: str
    quarters: str
    areas: str
    may_open: list[str]
    """References of the audits, in their order."""
    may_manage: bool


class _Named(NamedTuple):
    """An audit that the page names, as far as anybody is told of it; all is empty for one from before there
    were submissions."""

    submission_id: int | None
    cycle_id: int | None
    quarter: str | None
    area: str | None
    audits_in_cycle: int | None


def rests_on(page_id: int, user: Any) -> RestsOn | None:
    """What the page rests on for this reader; None where there is nothing to say to them."""
    named = [_Named(*row) for row in _named_by.ask(page_id)]
    may_manage = holds(user, Right.EVIDENCE)
    if not named and not may_manage:
        return None
    return RestsOn(
        words=_words(named),
        quarters=", ".join(sorted({audit.quarter for audit in named if audit.quarter})),
        areas=_areas(named),
        may_open=_refs_open_to(user, named),
        may_manage=may_manage,
    )


@PreparedRead
def _named_by(page_id: Any) -> Any:
    """What `_Named` holds of each audit: the same for every reader, and every reader waits for it."""
    in_cycle = (
        AuditSubmission.objects.filter(case__cycle=OuterRef("submission__case__cycle"))
        .order_by()
        .values("case__cycle")
        .annotate(count=Count("pk"))
    )
    return (
        PageEvidence.objects.filter(page_id=page_id)
        .order_by()
        .values_list(
            "submission",
            "submission__case__cycle",
            "submission__case__cycle__quarter",
            "submission__case__area__label",
            Subquery(in_cycle.values("count")),
        )
    )


def _refs_open_to(user: Any, named: list[_Named]) -> list[str]:
    """References of those that this person may read now, in order."""
    wanted = [audit.submission_id for audit in named if audit.submission_id]
    readable = AuditSubmission.objects.visible_to(user).filter(pk__in=wanted)
    return sorted(readable.order_by().values_list("case__ref", flat=True))


def evidence_of(page_id: int) -> Any:
    """The page's evidence with each audit's case, cycle and area."""
    rows = PageEvidence.objects.filter(page_id=page_id)
    return rows.select_related("submission__case__cycle", "submission__case__area")


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


def _words(named: list[_Named]) -> str:
    """`9 of 24 audits`; without a total where one cycle's is unknown or too small to show.

    A total over several cycles, less the others' known totals, would tell the small one.
    """
    totals = {audit.cycle_id: audit.audits_in_cycle for audit in named}
    shown = [total for total in totals.values() if total and not is_small(total)]
    if len(shown) < len(totals):
        return _count_alone(len(named))
    return n_of_n(len(named), sum(shown)) if named else ""


def _areas(named: list[_Named]) -> str:
    """The areas of work that enough of the audits are of; a rarer one could be counted out."""
    counts = Counter(audit.area for audit in named if audit.area)
    return ", ".join(sorted(label for label, count in counts.items() if not is_small(count)))


def _count_alone(count: int) -> str:
    if is_small(count):
        return f"fewer than {settings.PORTAL_SUPPRESS_BELOW} audits"
    return f"{count} audits"
