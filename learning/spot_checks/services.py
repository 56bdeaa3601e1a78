"""The steps of a spot check: given, written, done, signed off, folded into a report (domain.md A76, E6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.proforma.keys import OVERALL, URGENT
from learning.proforma.models import ProFormaSection
from learning.proforma.selectors import sections_for
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.spot_checks.mails import tell
from learning.spot_checks.models import (
    SpotCheck,
    SpotCheckEntry,
    SpotCheckQuerySet,
    SpotCheckReview,
)
from learning.spot_checks.permissions import (
    user_can_assure,
    user_can_report_concern,
    why_not_auditor,
)
from learning.spot_checks.refusals import SavedMeanwhile, SpotCheckNotPossible
from learning.spot_checks.states import SpotCheckState
from learning.submissions.concerns import unsettled_concerns_of
from learning.submissions.grades import grades_in
from learning.submissions.urgent import keep_answer
from learning.vocabulary.models import Theme

MOST_AUDITORS, MOST_THEMES = 2, 2
Outcome = SpotCheckReview.Outcome


@transaction.atomic
def give(*, check: SpotCheck, auditors: Sequence[Any], given_by: Any) -> SpotCheck:
    """The check, with the one or two people who make it; each of them is told."""
    refuse_unless_holds(given_by, Right.DRAW_SPOT_CHECKS)
    locked = _locked(check)
    if locked.state != SpotCheckState.DRAWN:
        raise SpotCheckNotPossible("It has been made already, or was set aside.")
    if not 1 <= len(set(auditors)) <= MOST_AUDITORS:
        raise SpotCheckNotPossible("Choose one or two people.", field="auditors")
    today = timezone.localdate()
    reasons = [why for one in auditors for why in why_not_auditor(one, locked, today)]
    if reasons:
        raise SpotCheckNotPossible(" ".join(reasons), reasons, field="auditors")
    locked.auditors.set(auditors)
    record_event(actor=given_by, action="spotcheck.give", about=locked)
    tell(auditors, locked, "you are asked to make a spot check")
    return locked


# --- Writing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """What one section says."""

    saw: str = ""
    means: str = ""
    kind: str = ""
    themes: Sequence[Theme] = field(default_factory=tuple)


def sections_of(check: SpotCheck) -> list[ProFormaSection]:
    """The sections to be written: without the urgent question, which is a question of its own."""
    return [one for one in sections_for(check.form, check.area) if one.key != URGENT]


@transaction.atomic
def write(
    *, check: SpotCheck, written: Mapping[str, Written], version: int, written_by: Any
) -> SpotCheck:
    """The check with these sections, by their keys. `version` is the one that the writer started from."""
    locked = _writable(check, written_by)
    _check_words(locked, written)
    if locked.version != version:
        raise SavedMeanwhile("The other of you has saved since you opened this page.")
    for section in sections_of(locked):
        if section.key in written:
            _keep(locked, section, written[section.key])
    locked.version += 1
    locked.save(update_fields=["version"])
    record_event(actor=written_by, action="spotcheck.write", about=locked)
    return locked


def _check_words(check: SpotCheck, written: Mapping[str, Written]) -> None:
    """Refuses a grade in the overall statement, as every audit does, before it is stored (A34)."""
    overall = written.get(OVERALL, Written())
    wrong = [
        f"“{text[grade.start : grade.end]}” reads as a grade. Say what was done, and what it meant."
        for text in (overall.saw, overall.means)
        for grade in grades_in(text)
    ]
    if any(len(one.themes) > MOST_THEMES for one in written.values()):
        wrong.append(f"Choose at most {MOST_THEMES} themes in a section.")
    if wrong:
        raise SpotCheckNotPossible(" ".join(wrong), wrong)


def _keep(check: SpotCheck, section: ProFormaSection, written: Written) -> None:
    entry, _ = SpotCheckEntry.objects.update_or_create(
        check_of=check,
        section=section,
        defaults={"saw": written.saw, "means": written.means, "kind": written.kind},
    )
    entry.themes.set(written.themes)


@transaction.atomic
def answer_urgent_question(
    *, check: SpotCheck, is_concern: bool, answered_by: Any, words: str = ""
) -> SpotCheck:
    """The check with the answer. A yes opens an escalation at once and stays; `words` are for those who have
    to act. It is not the referral route."""
    locked = _locked(check)
    if not user_can_report_concern(answered_by, locked):
        raise PermissionDenied(
            "Only those who make a spot check report from it, until it is settled."
        )
    return keep_answer(locked, is_concern=is_concern, by=answered_by, words=words)


@transaction.atomic
def finish(*, check: SpotCheck, finished_by: Any) -> SpotCheck:
    """The check, with the lead now."""
    locked = _writable(check, finished_by)
    if missing := missing_to_finish(locked):
        raise SpotCheckNotPossible(" ".join(missing), missing)
    done = take_step(locked, "finish", actor=finished_by)
    tell(done.round.cycle.leads, done, "it is done and waits for quality assurance")
    return done


def missing_to_finish(check: SpotCheck) -> list[str]:
    """What is still to be written, a sentence each; and what has come to stand against an auditor."""
    entries = {one.section_id: one for one in check.entries.all()}
    missing = [
        f"“{section.title}” does not yet say what it means for this child."
        for section in sections_of(check)
        if section.pk not in entries or not entries[section.pk].means.strip()
    ]
    if not any(one.kind for one in entries.values()):
        missing.append("Say at least once whether it is a strength or something to develop.")
    if check.has_immediate_concern is None:
        missing.append("Answer whether there is an immediate concern.")
    today = timezone.localdate()
    return missing + [
        why for one in check.auditors.all() for why in why_not_auditor(one, check, today)
    ]


# --- After that ------------------------------------------------------------------------------------------


@transaction.atomic
def sign_off(*, check: SpotCheck, reviewer: Any, words: str = "") -> SpotCheck:
    """The check, quality assured; its worker may read it, and the worker's line manager."""
    _refuse_unless_reviewer(check, reviewer)
    signed = take_step(check, "sign_off", actor=reviewer)
    _keep_review(signed, reviewer, Outcome.SIGNED_OFF, words)
    if signed.worker:
        tell([signed.worker], signed, "a spot check of a case of yours can be read")
    return signed


@transaction.atomic
def send_back(*, check: SpotCheck, reviewer: Any, words: str) -> SpotCheck:
    """The check, with its auditors again; `words` say what to look at."""
    _refuse_unless_reviewer(check, reviewer)
    if not words.strip():
        raise SpotCheckNotPossible("Say what they should look at again.", field="words")
    returned = take_step(check, "send_back", actor=reviewer)
    _keep_review(returned, reviewer, Outcome.RETURNED, words)
    tell(returned.auditors.all(), returned, "the lead has a question; it is yours to write again")
    return returned


@transaction.atomic
def set_aside(*, check: SpotCheck, reason: str, set_aside_by: Any) -> SpotCheck:
    """A check that is not made, for instance since the case has closed; the reason is kept."""
    refuse_unless_holds(set_aside_by, Right.DRAW_SPOT_CHECKS)
    locked = _locked(check)
    if refs := unsettled_concerns_of(locked):
        raise SpotCheckNotPossible(
            f"It reports an immediate concern. First {refs[0]} has to be verified by the lead."
        )
    return take_step(locked, "set_aside", actor=set_aside_by, reason=reason)


def waiting_for_report(cycle: AuditCycle) -> SpotCheckQuerySet:
    """Checks that are signed off, of the rounds up to this cycle, and counted in no other cycle's report."""
    free = Q(folded_into=None) | Q(folded_into=cycle)
    return SpotCheck.objects.filter(
        free, state=SpotCheckState.QUALITY_ASSURED, round__cycle__ref__lte=cycle.ref
    )


@transaction.atomic
def note_counted(*, cycle: AuditCycle) -> int:
    """How many checks the figures of this cycle's report count, which they were just taken for."""
    return waiting_for_report(cycle).update(folded_into=cycle)


@transaction.atomic
def fold(*, cycle: AuditCycle, folded_by: Any | None) -> list[SpotCheck]:
    """The checks that the report of this cycle counted, settled for good."""
    counted = waiting_for_report(cycle).filter(folded_into=cycle)
    return [take_step(one, "fold", actor=folded_by) for one in list(counted)]


def _locked(check: SpotCheck) -> SpotCheck:
    return SpotCheck.objects.select_for_update().get(pk=check.pk)


def _writable(check: SpotCheck, person: Any) -> SpotCheck:
    locked = _locked(check)
    if not locked.is_made_by(person):
        raise PermissionDenied("Only those who make a spot check write in it.")
    if locked.state != SpotCheckState.DRAWN:
        raise SpotCheckNotPossible("It is with the lead, or settled: nothing can be written now.")
    return locked


def _refuse_unless_reviewer(check: SpotCheck, person: Any) -> None:
    if not user_can_assure(person, check):
        raise PermissionDenied("Quality assurance is done by a lead who did not make it.")


def _keep_review(check: SpotCheck, reviewer: Any, outcome: str, words: str) -> None:
    SpotCheckReview.objects.create(check_of=check, reviewer=reviewer, outcome=outcome, words=words)
