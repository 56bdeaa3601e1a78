"""Published findings rest on real audits of their quarter: those that speak of the same themes first."""

from collections.abc import Iterable

from audit_pages.models import FindingPage
from learning.evidence.models import PageEvidence
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission, EvaluativeStatement
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import CLOSED, pace_of


def name_evidence(cast: Cast) -> int:
    """How many rows now tie findings to audits."""
    rows = []
    for cycle in AuditCycle.objects.filter(ref__in=CLOSED):
        rows += _of_cycle(cycle, cast)
    PageEvidence.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _of_cycle(cycle: AuditCycle, cast: Cast) -> list[PageEvidence]:
    audits = list(AuditSubmission.objects.filter(case__cycle=cycle).select_related("case__area"))
    themes = _themes_of(audits)
    when = pace_of(cycle.ref).at("publish_learning", 10)
    return [
        PageEvidence(page_id=page.pk, submission=audit, named_by=cast[LEAD], named_at=when)
        for page in _findings(cycle.quarter)
        for audit in _nearest(page, audits, themes)
    ]


def _findings(quarter: str) -> Iterable[FindingPage]:
    pages = FindingPage.objects.filter(quarter=quarter, seen_in__gt=0).order_by("slug")
    return pages.prefetch_related("themes", "areas_of_work")


def _themes_of(audits: list[AuditSubmission]) -> dict[int, set[int]]:
    """The themes of each audit's statements."""
    found: dict[int, set[int]] = {audit.pk: set() for audit in audits}
    statements = EvaluativeStatement.objects.filter(entry__submission__in=list(found))
    for audit_id, theme_id in statements.values_list("entry__submission", "themes"):
        found[audit_id].add(theme_id)
    return found


def _nearest(
    page: FindingPage, audits: list[AuditSubmission], themes: dict[int, set[int]]
) -> list[AuditSubmission]:
    """As many as the finding was seen in: of its areas and with most of its themes first."""
    areas = {area.pk for area in page.areas_of_work.all()}
    wanted = {theme.pk for theme in page.themes.all()}

    def distance(audit: AuditSubmission) -> tuple[int, int, str]:
        shared = len(wanted & themes[audit.pk])
        is_elsewhere = bool(areas) and audit.case.area_id not in areas
        return (0 if shared else 1, int(is_elsewhere) * 10 - shared, audit.case.ref)

    return sorted(audits, key=distance)[: page.seen_in]
