"""The steps of a yearly process review: open, collect, decide, link what changed (domain.md A73, E6)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.process_review.models import (
    ProcessChange,
    ProcessDecision,
    ProcessReview,
    ReviewRound,
)
from learning.process_review.states import DID_NOT_HAPPEN, ChangeKind, ReviewState
from learning.proforma.models import ProFormaVersion
from learning.programme.models import AuditProgramme, PreparationReview


class ReviewNotPossible(Refusal):
    """The step was not taken; the message or `missing` says what is to be done first."""

    def __init__(
        self, sentence: str, missing: list[str] | None = None, field: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.missing, self.field = missing, field


@transaction.atomic
def open_review(*, programme: AuditProgramme, opened_by: Any) -> ProcessReview:
    """The review of this year; one a year."""
    _lead_only(opened_by)
    if not programme.cycles.exclude(state__in=DID_NOT_HAPPEN).exists():
        raise ReviewNotPossible("No cycle of this year took place: there is nothing to review.")
    review, is_new = ProcessReview.objects.get_or_create(
        programme=programme, defaults={"opened_by": opened_by}
    )
    if not is_new:
        raise ReviewNotPossible("The review of this year is open already.")
    record_event(actor=opened_by, action="processreview.open", about=review)
    return review


@transaction.atomic
def collect_evidence(*, review: ProcessReview, collected_by: Any) -> ProcessReview:
    """The review with its evidence complete: from here on nobody of that year is asked any more."""
    _lead_only(collected_by)
    if missing := missing_evidence(review):
        raise ReviewNotPossible(" ".join(missing), missing)
    return take_step(review, "collect_evidence", actor=collected_by)


def missing_evidence(review: ProcessReview) -> list[str]:
    """What the evidence still lacks, a sentence each."""
    cycles = review.programme.cycles.exclude(state__in=DID_NOT_HAPPEN).order_by("ref")
    rounds = {
        one.cycle_id: one
        for one in ReviewRound.objects.filter(cycle__in=cycles).select_related("cycle")
    }
    missing = []
    for cycle in cycles:
        if cycle.pk not in rounds:
            missing.append(f"The people of {cycle} have not been asked how the audit was.")
        elif sentence := still_asking(rounds[cycle.pk]):
            missing.append(sentence)
    if not PreparationReview.objects.filter(programme=review.programme_id).exists():
        missing.append("The preparation of auditors has not been reviewed for this year.")
    return missing


def still_asking(asked: ReviewRound) -> str:
    """Until when the people of a cycle may still answer, in a sentence; empty when that is over."""
    if asked.is_over(timezone.localdate()):
        return ""
    return (
        f"The people of {asked.cycle} are still being asked how the audit was, until "
        f"{asked.ends_on:%-d %B %Y}."
    )


@transaction.atomic
def decide(
    *, review: ProcessReview, words: str, owner: Any, due_date: date, decided_by: Any
) -> ProcessDecision:
    """One thing that will be different, with who sees to it and until when."""
    _lead_only(decided_by)
    locked = ProcessReview.objects.select_for_update().get(pk=review.pk)
    if locked.state != ReviewState.EVIDENCE_COLLECTED:
        raise ReviewNotPossible("Decisions are written down once the evidence is complete.")
    if due_date <= timezone.localdate():
        raise ReviewNotPossible("Choose a day that is still to come.", field="due_date")
    decision = ProcessDecision.objects.create(
        review=locked, words=words, owner=owner, due_date=due_date, decided_by=decided_by
    )
    record_event(actor=decided_by, action="processreview.decide", about=locked)
    return decision


@transaction.atomic
def finish_deciding(*, review: ProcessReview, finished_by: Any) -> ProcessReview:
    """The review with all its decisions, which everybody may read now."""
    _lead_only(finished_by)
    if not review.decisions.exists():
        raise ReviewNotPossible("Write down at least one decision first.")
    return take_step(review, "finish_deciding", actor=finished_by)


@transaction.atomic
def link_change(
    *,
    decision: ProcessDecision,
    kind: str,
    words: str,
    linked_by: Any,
    form: ProFormaVersion | None = None,
    page_address: str = "",
    setting: str = "",
) -> ProcessChange:
    """What this decision changed; only what belongs to the kind is kept."""
    _lead_only(linked_by)
    review = ProcessReview.objects.select_for_update().get(pk=decision.review_id)
    if review.state != ReviewState.DECIDED:
        raise ReviewNotPossible("Changes are linked after the decisions, and before the end.")
    target = _target(kind, form, page_address, setting)
    change = ProcessChange.objects.create(
        decision=decision, kind=kind, words=words, linked_by=linked_by, **target
    )
    record_event(actor=linked_by, action="processreview.link_change", about=review)
    return change


def _target(kind: str, form: Any, page_address: str, setting: str) -> dict[str, Any]:
    """The one field that the kind is about, filled in."""
    if kind == ChangeKind.FORM:
        if form is None:
            raise ReviewNotPossible("Choose the version of the form.", field="form")
        return {"form": form}
    if kind == ChangeKind.SETTING:
        if not setting:
            raise ReviewNotPossible("Choose the setting.", field="setting")
        return {"setting": setting}
    if not _is_a_page(page_address):
        sentence = "No published page stands at this address. It begins with /, like /guidance/."
        raise ReviewNotPossible(sentence, field="page_address")
    return {"page_address": page_address}


def _is_a_page(address: str) -> bool:
    """Whether a live page of this portal stands there."""
    if not address.startswith("/") or not address.strip("/"):
        return False
    paths = [f"{root.root_path}{address.strip('/')}/" for root in Site.get_site_root_paths()]
    return Page.objects.live().filter(url_path__in=paths).exists()


@transaction.atomic
def finish(*, review: ProcessReview, finished_by: Any) -> ProcessReview:
    """The review at its end: each decision says what it changed."""
    _lead_only(finished_by)
    unlinked = review.decisions.filter(changes=None)
    if missing := [f"Not linked to a change yet: “{one.words}”" for one in unlinked]:
        raise ReviewNotPossible(" ".join(missing), missing)
    return take_step(review, "finish", actor=finished_by)


def _lead_only(person: Any) -> None:
    if not holds(person, Right.RUN_PROCESS_REVIEW):
        raise PermissionDenied(Right.RUN_PROCESS_REVIEW.value.words)
