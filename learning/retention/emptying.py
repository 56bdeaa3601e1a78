"""Taking the text out of one thing, whole or not at all. What figures and reports rest on stays.

The database lets exactly this through while an approved disposal of the thing is open, and nothing else
(`learning.events.emptying`): a column that is emptied here and not named there is refused.
"""

from collections.abc import Callable
from typing import Any

from learning.events.steps import take_step
from learning.reports.models import CycleReport
from learning.reports.wording import WRITTEN
from learning.retention.due import cases_not_drawn, keys_of, log_rows_before
from learning.retention.models import DisposalItem
from learning.retention.states import DisposalKind
from learning.retention.words import (
    OF_RECOMMENDATION,
    OF_REPORT,
    PAPERS,
    Counts,
    empty_all,
    remove,
)
from learning.retention.words_of_audits import OF_AUDIT, OF_LETTER, OF_SPOT_CHECK
from learning.submissions.models import SectionPresence, SubmissionGrant


def empty(item: DisposalItem, actor: Any) -> Counts:
    """Empties what the item is about, within the caller's transaction; how many of what."""
    emptiers: dict[str, Callable[[DisposalItem, Any], Counts]] = {
        DisposalKind.AUDIT: _empty_audit,
        DisposalKind.SPOT_CHECK: _empty_spot_check,
        DisposalKind.LETTER: lambda item, _: empty_all(OF_LETTER, item.submission),
        DisposalKind.KEYS: _remove_keys,
        DisposalKind.PAPERS: lambda item, _: empty_all(PAPERS, item.cycle),
        DisposalKind.RECOMMENDATION: lambda item, _: empty_all(
            OF_RECOMMENDATION, item.recommendation
        ),
        DisposalKind.REPORT: _empty_report,
        DisposalKind.ACCESS_LOG: _forget_looks,
    }
    return emptiers[item.kind](item, actor)


def _empty_audit(item: DisposalItem, actor: Any) -> Counts:
    """State and dates, kinds and themes of statements, kinds of gaps and outcomes of asking families stay."""
    audit: Any = item.submission
    counts = empty_all(OF_AUDIT, audit)
    remove(SectionPresence.objects.filter(submission=audit))
    readers = remove(SubmissionGrant.objects.filter(content_object=audit))
    take_step(audit, "dispose", actor=actor)
    return counts | ({"people who could read it": readers} if readers else {})


def _empty_spot_check(item: DisposalItem, actor: Any) -> Counts:
    """State and dates, kinds and themes of what was seen, and the certificate of the draw stay."""
    check: Any = item.spot_check
    counts = empty_all(OF_SPOT_CHECK, check)
    take_step(check, "dispose", actor=actor)
    return counts


def _remove_keys(item: DisposalItem, actor: Any) -> Counts:
    """The council's numbers, and the cases that were not drawn. Drawn cases stay, by pseudonym."""
    cycle: Any = item.cycle
    return {
        "case numbers": remove(keys_of(cycle)),
        "cases that were not drawn": remove(cases_not_drawn(cycle)),
    }


def _empty_report(item: DisposalItem, actor: Any) -> Counts:
    """Its figures stay as they were frozen, but for the tables that repeat words of recommendations; who signed
    it, and which board considered it when and decided what, stay too."""
    counts = empty_all(OF_REPORT, item.cycle)
    report = CycleReport.objects.get(cycle=item.cycle)
    counting = [figure for figure in report.figures if figure["key"] not in WRITTEN]
    gone = len(report.figures) - len(counting)
    CycleReport.objects.filter(pk=report.pk).update(figures=counting)
    return counts | ({"tables of words": gone} if gone else {})


def _forget_looks(item: DisposalItem, actor: Any) -> Counts:
    before: Any = item.older_than
    return {"rows of the access log": remove(log_rows_before(before))}
