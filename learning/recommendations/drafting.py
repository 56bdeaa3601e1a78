"""How a recommendation begins: drafted by a pair or the lead, issued by the lead (domain.md A40, A43)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme.models import AuditCycle
from learning.recommendations.mails import tell
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import (
    takes_drafts_of,
    user_can_change_draft,
    user_can_draft_for,
    user_can_draft_from,
    user_can_issue,
)
from learning.recommendations.refusals import DraftNotPossible, IssueNotPossible
from learning.recommendations.states import RecommendationState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import AFTER_QUALITY_ASSURANCE
from learning.submissions.wording import refused_in
from learning.vocabulary.choices import RecommendationLevel

WORDS = ("level", "action_type", "action", "why", "how_known", "owner", "due_date")
"""What is written in a draft, beside its themes."""


@transaction.atomic
def draft_recommendation(
    *,
    drafted_by: Any,
    cycle: AuditCycle,
    submission: AuditSubmission | None = None,
    themes: list[Any] | None = None,
    **words: Any,
) -> Recommendation:
    """The new draft, with the cycle's next reference. `words` are those of `WORDS`."""
    if submission is not None:
        check_drafting_from(submission, drafted_by)
    else:
        check_drafting_for(cycle, drafted_by)
        _refuse_case_level(words["level"])
    recommendation = Recommendation.objects.create(
        ref=_next_ref(cycle), cycle=cycle, submission=submission, drafted_by=drafted_by, **words
    )
    recommendation.themes.set(themes or [])
    record_event(actor=drafted_by, action="recommendation.draft", about=recommendation)
    return recommendation


@transaction.atomic
def change_draft(
    *, recommendation: Recommendation, changed_by: Any, themes: list[Any], **words: Any
) -> Recommendation:
    """The draft with other words."""
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if fresh.state != RecommendationState.DRAFT:
        raise DraftNotPossible("It has been issued, and its words no longer change.")
    if not user_can_change_draft(changed_by, fresh):
        raise PermissionDenied("Only those who wrote the draft and the lead change it.")
    if fresh.submission is not None:
        check_drafting_from(fresh.submission, changed_by)
    else:
        _refuse_case_level(words["level"])
    for name, value in words.items():
        setattr(fresh, name, value)
    fresh.save()
    fresh.themes.set(themes)
    record_event(actor=changed_by, action="recommendation.change_draft", about=fresh)
    return fresh


def check_drafting_from(submission: AuditSubmission, person: Any) -> None:
    """Refuses whoever may not draft from this audit, and drafts that come too late."""
    if not user_can_draft_from(person, submission):
        raise PermissionDenied("Only the pair and the lead draft recommendations from an audit.")
    if not takes_drafts_of(submission, person):
        raise DraftNotPossible(
            "This audit takes no more drafts from you: the pair drafts while it writes, "
            "the lead from then on until the audit is locked."
        )


def check_drafting_for(cycle: AuditCycle, person: Any) -> None:
    """Refuses whoever is not of the cycle's team, and drafts for a cycle that is over."""
    if not user_can_draft_for(person, cycle):
        raise PermissionDenied("Only the lead and the audit team draft recommendations.")
    if cycle.is_over:
        raise DraftNotPossible("This cycle is over. Draft the recommendation in the next one.")


def _refuse_case_level(level: str) -> None:
    if level == RecommendationLevel.CASE:
        raise DraftNotPossible(
            "A recommendation about one child is drafted in the audit of the case."
        )


@transaction.atomic
def discard_draft(*, recommendation: Recommendation, discarded_by: Any) -> None:
    """Deletes a draft. What was issued is never deleted: the database refuses."""
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if fresh.state != RecommendationState.DRAFT:
        raise DraftNotPossible("It has been issued, and is kept.")
    if not user_can_change_draft(discarded_by, fresh):
        raise PermissionDenied("Only those who wrote the draft and the lead discard it.")
    record_event(actor=discarded_by, action="recommendation.discard_draft", about=fresh)
    fresh.delete()


@transaction.atomic
def issue_recommendation(
    *, recommendation: Recommendation, owner: Any, due_date: date, issued_by: Any
) -> Recommendation:
    """The recommendation with its owner and its original due date, which never changes again."""
    if not user_can_issue(issued_by):
        raise PermissionDenied("Only a lead issues recommendations.")
    _check_ready(recommendation, owner, due_date)
    Recommendation.objects.filter(pk=recommendation.pk, state=RecommendationState.DRAFT).update(
        owner=owner, due_date=due_date
    )
    issued = take_step(recommendation, "issue", actor=issued_by)
    tell(
        person=owner,
        recommendation=issued,
        subject="a recommendation is yours to see to",
        words="A recommendation of the practice audit was issued, and you are its owner. Please open it "
        "and say that you take it on.",
    )
    return issued


def possible_owner(person: Any) -> bool:
    """Somebody who signs in and whose role opens the list of recommendations."""
    return bool(person.may_sign_in) and holds(person, Right.SEE_RECOMMENDATIONS)


def _check_ready(recommendation: Recommendation, owner: Any, due_date: date) -> None:
    submission = recommendation.submission
    if submission is not None and submission.state not in AFTER_QUALITY_ASSURANCE:
        raise IssueNotPossible(
            "The audit that it comes from has not been signed off. Issue it after quality assurance."
        )
    if due_date <= timezone.localdate():
        raise IssueNotPossible(
            "The due date has to lie in the future, so that there is time to act."
        )
    if not recommendation.is_of_one_case:
        _refuse_telling_words(recommendation)
    if not possible_owner(owner):
        raise IssueNotPossible(
            f"{owner} cannot open recommendations in the portal. Choose somebody who can."
        )


def _refuse_telling_words(recommendation: Recommendation) -> None:
    """Boards read what goes beyond one case, and once it is issued its words stay: none may hold a grade, or
    what identifies somebody beyond doubt (domain.md D7)."""
    if wrong := refused_in(*recommendation.texts.values()):
        raise IssueNotPossible(f"Change the draft first: boards read it. {' '.join(wrong)}")


def _next_ref(cycle: AuditCycle) -> str:
    """The cycle's next reference; whoever else wants one waits until this step is saved."""
    AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    refs = Recommendation.objects.filter(cycle=cycle).values_list("ref", flat=True)
    numbers = [int(ref.rpartition("-")[2]) for ref in refs if ref.rpartition("-")[2].isdecimal()]
    return f"{cycle.ref}-R-{max(numbers, default=0) + 1:02}"
