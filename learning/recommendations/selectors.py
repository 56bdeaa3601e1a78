"""What waits for somebody in recommendations, as “My work” shows it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.people.roles import Role
from learning.recommendations.models import Recommendation
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import BOARD_LEVELS, OPEN, DerivedStatus, RecommendationState
from learning.submissions.states import AFTER_QUALITY_ASSURANCE
from learning.vocabulary.choices import RecommendationLevel

State = RecommendationState
ONE_BY_ONE = 5
"""From more than so many on, one line leads to the register instead."""

OWNERS_STEP = {
    State.ISSUED: "Take on recommendation {ref}",
    State.ACKNOWLEDGED: "Confirm recommendation {ref} in writing when it is done",
    State.IN_PROGRESS: "Confirm recommendation {ref} in writing when it is done",
    State.RETURNED: "Recommendation {ref} was sent back: read what is missing",
}


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person should do next; a constant number of queries, whatever there is."""
    items = _owned_by(person)
    if holds(person, Right.VERIFY_RECOMMENDATION):
        items += _to_verify(person)
    if holds(person, Right.ISSUE_RECOMMENDATION):
        items += _to_issue() + _left_alone()
    return items + _to_decide(person)


def _owned_by(person: Any) -> list[WorkItem]:
    rows = Recommendation.objects.filter(owner=person, state__in=OPEN)
    return [
        WorkItem(
            title=OWNERS_STEP[State(row.state)].format(ref=row.ref),
            url=row.get_absolute_url(),
            kind=WorkKind.CHANGE,
            words=f"It is yours to see to. {_about(row)}",
            due=row.due_date,
        )
        for row in rows
    ]


def _to_verify(person: Any) -> list[WorkItem]:
    rows = Recommendation.objects.filter(state=State.COMPLETION_CONFIRMED)
    return _collected(
        _never_of(person, rows),
        one="Verify the statement on {ref}",
        many="Verify the statements on {count} recommendations",
        kind=WorkKind.VERIFY,
        query=f"?whose=all&status={DerivedStatus.AWAITING_VERIFICATION}",
    )


def _to_issue() -> list[WorkItem]:
    """Drafts that are ready: out of an audit that was signed off, or out of a plenary."""
    drafts = Recommendation.objects.filter(state=State.DRAFT)
    of_audits = drafts.filter(submission__state__in=AFTER_QUALITY_ASSURANCE)
    return _collected(
        of_audits | drafts.filter(submission__isnull=True),
        one="Issue the draft {ref}",
        many="Issue {count} drafts of recommendations",
        kind=WorkKind.PASS_ON,
        query=f"?whose=all&status={DerivedStatus.DRAFT}",
    )


def _left_alone() -> list[WorkItem]:
    """Open ones whose owner no longer signs in: nobody would see to them."""
    today = timezone.localdate()
    gone = Q(owner__is_active=False) | Q(owner__ends_on__lt=today)
    return _collected(
        Recommendation.objects.open().filter(gone),
        one="Give {ref} to another owner: its owner has left",
        many="Give {count} recommendations to other owners: theirs have left",
        kind=WorkKind.PASS_ON,
        query="?whose=all",
    )


def _to_decide(person: Any) -> list[WorkItem]:
    """Requests for more time, and words that a recommendation cannot be accepted."""
    asked = _never_of(person, Recommendation.objects.open())
    time_asked = Q(extensions__isnull=False, extensions__decided_at__isnull=True)
    items: list[WorkItem] = []
    levels = []
    if holds(person, Right.ISSUE_RECOMMENDATION):
        levels += [level for level in RecommendationLevel if level not in BOARD_LEVELS]
    if person.has_role(Role.BOARD_MEMBER):
        levels += BOARD_LEVELS
    if levels:
        items += _collected(
            asked.filter(time_asked, level__in=levels),
            one="Decide on more time for {ref}",
            many="Decide on more time for {count} recommendations",
            kind=WorkKind.DECIDE,
            query="?whose=all",
        )
    if person.has_role(Role.SENIOR_MANAGER):
        refused = Q(non_acceptances__isnull=False, non_acceptances__decided_at__isnull=True)
        items += _collected(
            asked.visible_to(person).filter(refused),
            one="Decide whether {ref} stands",
            many="Decide whether {count} recommendations stand",
            kind=WorkKind.DECIDE,
            query="?whose=all",
        )
    return items


def _never_of(person: Any, rows: RecommendationQuerySet) -> RecommendationQuerySet:
    """Those that this person does not own and has never owned."""
    return rows.exclude(owner=person).exclude(owner_changes__from_owner=person)


def _collected(
    rows: RecommendationQuerySet, *, one: str, many: str, kind: WorkKind, query: str
) -> list[WorkItem]:
    """A line for each, or one line for all of them when there are many."""
    found = list(rows.order_by("ref").select_related("owner"))
    if len(found) > ONE_BY_ONE:
        url = reverse("recommendations:register") + query
        words = "The register lists them, with who sees to each and by when."
        return [WorkItem(many.format(count=len(found)), url, kind, words=words)]
    return [
        WorkItem(
            one.format(ref=row.ref),
            row.get_absolute_url(),
            kind,
            words=f"{row.owner} sees to it, due {row.due_date:%-d %B %Y}. {_about(row)}",
        )
        for row in found
    ]


def _about(recommendation: Recommendation) -> str:
    level, action = recommendation.get_level_display(), recommendation.get_action_type_display()
    return f"Level: {level}. Kind of action: {action}."
