"""Writing a report, freezing its figures, signing it, and adding to it afterwards (domain.md A46–A47, E6)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.figures.audiences import FIGURES
from learning.figures.scope import SIGNED_OFF, scope_up_to
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.recommendations.models import Recommendation
from learning.recommendations.statements import is_same_name
from learning.reports.mails import tell_boards_of_addendum
from learning.reports.models import CycleReport, EarlierAnswer, ReportAddendum, ReportPart
from learning.reports.parts import PARTS
from learning.reports.readiness import missing_for_signature, to_look_at_again, unsettled_before
from learning.reports.refusals import (
    NotTheirName,
    PartHasChanged,
    ReportNotPossible,
    ReportNotReady,
)
from learning.reports.tables import TABLES
from learning.reports.wording import without_what_must_go
from learning.spot_checks.services import note_counted
from learning.submissions.wording import refused_in

# --- Writing -------------------------------------------------------------------------------------------


@transaction.atomic
def begin_report(*, cycle: AuditCycle, begun_by: Any) -> CycleReport:
    """The cycle's report, with the words that its parts start with; the one that there is, if there is."""
    refuse_unless_holds(begun_by, Right.WRITE_REPORT)
    if cycle.state not in SIGNED_OFF:
        raise ReportNotPossible("The report begins when every analysis of the cycle is signed off.")
    report, is_new = CycleReport.objects.get_or_create(cycle=cycle, defaults={"begun_by": begun_by})
    if is_new:
        ReportPart.objects.bulk_create(
            ReportPart(report=report, number=part.number, text=part.start, written_by=begun_by)
            for part in PARTS
        )
        record_event(actor=begun_by, action="cyclereport.begin", about=report)
    return report


@transaction.atomic
def write_part(
    *, report: CycleReport, number: int, text: str, version: int, written_by: Any
) -> ReportPart:
    """The part with this text. `version` is the one that the writer began from."""
    _still_written(report, written_by)
    part = ReportPart.objects.select_for_update().get(report=report, number=number)
    if part.version != version:
        raise PartHasChanged(part)
    part.text, part.version = text, part.version + 1
    part.written_by, part.written_at = written_by, timezone.now()
    part.save()
    record_event(actor=written_by, action="reportpart.write", about=part)
    return part


@transaction.atomic
def take_figures(*, report: CycleReport, taken_by: Any) -> CycleReport:
    """The report with every figure as it stands today, kept as it is; those of before are gone."""
    fresh = _still_written(report, taken_by)
    today = timezone.localdate()
    scope = scope_up_to(fresh.cycle, today)
    figures = [table(fresh.cycle, today) for table in TABLES]
    figures += [entry.make(scope) for entry in FIGURES]
    fresh.figures = [figure.frozen() for figure in without_what_must_go(figures)]
    fresh.figures_as_of, fresh.figures_taken_by = today, taken_by
    fresh.figures_taken_at = timezone.now()
    fresh.save()
    note_counted(cycle=fresh.cycle)
    record_event(actor=taken_by, action="cyclereport.take_figures", about=fresh)
    return fresh


@transaction.atomic
def answer_earlier(
    *, report: CycleReport, recommendation: Recommendation, words: str, written_by: Any
) -> EarlierAnswer:
    """What the report says of an earlier recommendation that is not settled."""
    fresh = _still_written(report, written_by)
    if not unsettled_before(fresh.cycle).filter(pk=recommendation.pk).exists():
        raise ReportNotPossible(f"{recommendation} is settled, or is not of an earlier cycle.")
    answer, _ = EarlierAnswer.objects.update_or_create(
        report=fresh,
        recommendation=recommendation,
        defaults={"words": words, "written_by": written_by, "written_at": timezone.now()},
    )
    record_event(actor=written_by, action="earlieranswer.write", about=answer)
    return answer


def _still_written(report: CycleReport, person: Any) -> CycleReport:
    """The report, locked, while it may be written."""
    refuse_unless_holds(person, Right.WRITE_REPORT)
    fresh = CycleReport.objects.select_for_update().get(pk=report.pk)
    if fresh.is_signed:
        raise ReportNotPossible("The report is signed and does not change any more.")
    return fresh


# --- Signing -------------------------------------------------------------------------------------------


@transaction.atomic
def sign_report(
    *, report: CycleReport, signed_by: Any, full_name: str, reason: str = ""
) -> CycleReport:
    """The report, signed by the lead or deputy of its cycle. From now on the database keeps it as it is."""
    refuse_unless_holds(signed_by, Right.SIGN_REPORT)
    fresh = CycleReport.objects.select_for_update().get(pk=report.pk)
    if not fresh.cycle.is_led_by(signed_by):
        raise PermissionDenied("The lead or deputy of this very cycle signs.")
    if fresh.is_signed:
        raise StepNotPossible("The report is signed already.")
    if not is_same_name(full_name, signed_by.get_full_name()):
        raise NotTheirName(
            f"Type your full name as the portal knows it: {signed_by.get_full_name()}."
        )
    missing = missing_for_signature(fresh)
    if not reason.strip() and (marked := to_look_at_again(fresh)):
        missing += [*map(str, marked), "See to these, or say why they stay as they are."]
    if missing:
        raise ReportNotReady(missing)
    arguments = {"signed_by": signed_by, "name": full_name, "words_reason": reason.strip()}
    return take_step(fresh, "sign", actor=signed_by, **arguments)


# --- Afterwards ------------------------------------------------------------------------------------------


@transaction.atomic
def add_to_report(
    *, report: CycleReport, text: str, reason: str, written_by: Any
) -> ReportAddendum:
    """What a lead adds to a signed report. What was signed stays as it is (domain.md invariant 7)."""
    refuse_unless_holds(written_by, Right.ADD_TO_REPORT)
    fresh = CycleReport.objects.select_for_update().get(pk=report.pk)
    if not fresh.is_signed:
        raise ReportNotPossible("The report is not signed yet: change its parts.")
    if refused := refused_in(f"{text}\n{reason}"):
        raise ReportNotReady(refused)
    addendum = ReportAddendum.objects.create(
        report=fresh, text=text, reason=reason, written_by=written_by
    )
    record_event(actor=written_by, action="cyclereport.add", about=fresh)
    tell_boards_of_addendum(addendum)
    return addendum


def record_download(*, report: CycleReport, person: Any) -> None:
    """That somebody took the report as a file."""
    record_access(user=person, action=AccessEvent.Action.EXPORTED, about=report)
