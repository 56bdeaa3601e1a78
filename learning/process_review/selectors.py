"""What the pages of a process review show. Answers come in fives and more, never while people answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.feedback.states import AskedPerson
from learning.feedback.voice import ASKING_IS_OVER, Reached, reached_in_each
from learning.process_review.hours import Hours, hours_of
from learning.process_review.models import (
    ProcessDecision,
    ProcessReview,
    ReviewAnswer,
    ReviewInvitation,
    ReviewRound,
)
from learning.process_review.states import DID_NOT_HAPPEN, AskedPart, ReviewState
from learning.programme.models import AuditCycle, AuditProgramme, PreparationReview
from learning.programme.states import CycleState
from learning.suppression.counts import is_small
from learning.suppression.rows import NOT_SHOWN, row_of_counts


def is_few(count: int) -> bool:
    """Whether so few answered that their words stay hidden; nobody at all counts as few."""
    return count == 0 or is_small(count)


def few_or(count: int) -> str:
    return f"fewer than {settings.PORTAL_SUPPRESS_BELOW}" if is_few(count) else str(count)


# --- One round -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Voices:
    """What one part of a cycle, or of several together, answered. `answers` is empty where it is hidden."""

    part: AskedPart
    asked: int
    answered: int
    answers: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        return not is_few(self.answered)

    @property
    def words(self) -> str:
        """How many answered; “all” is said of five and more only."""
        return f"{few_or(self.answered)} of {few_or(self.asked)} answered"


@dataclass(frozen=True)
class RoundShown:
    """One round as its page and the review's show it."""

    round: ReviewRound
    is_over: bool
    voices: list[Voices]
    hours: Hours

    @property
    def cycle(self) -> AuditCycle:
        return self.round.cycle


def show_round(asked: ReviewRound, on: date) -> RoundShown:
    """The round with the answers of each part in which five or more answered; nothing while it runs."""
    [shown] = show_rounds([asked], on)
    if not shown.is_over:
        return shown
    voices = [
        Voices(
            one.part, one.asked, one.answered, _answers([asked], one.part) if one.is_shown else []
        )
        for one in shown.voices
    ]
    return RoundShown(asked, True, voices, shown.hours)


def show_rounds(rounds: Iterable[ReviewRound], on: date) -> list[RoundShown]:
    """Each round with its counts and no answers; as many queries for one as for many. While a round runs it
    counts nobody as having answered, so that nobody can be seen to answer."""
    rounds = list(rounds)
    counts = _counts(rounds)
    hours = hours_of(one.cycle for one in rounds)
    return [_shown(one, counts[one.pk], hours.get(one.cycle_id, Hours()), on) for one in rounds]


def _shown(
    asked: ReviewRound, counts: dict[str, tuple[int, int]], hours: Hours, on: date
) -> RoundShown:
    everybody = [counts.get(part.value, (0, 0)) for part in AskedPart]
    is_over = on > asked.ends_on or all(people == done for people, done in everybody)
    voices = [
        Voices(part, people, done if is_over else 0)
        for part, (people, done) in zip(AskedPart, everybody, strict=True)
    ]
    return RoundShown(asked, is_over, voices, hours)


def _counts(rounds: list[ReviewRound]) -> dict[int, dict[str, tuple[int, int]]]:
    """For each round and part how many were asked, and how many of them answered."""
    rows = (
        ReviewInvitation.objects.filter(round__in=rounds)
        .values_list("round", "part")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
        .order_by()
    )
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for round_id, part, asked, answered in rows:
        found[round_id][part] = (asked, answered)
    return found


def _answers(rounds: list[ReviewRound], part: AskedPart) -> list[tuple[str, list[str]]]:
    """Each question with its answers, in an order that says nothing, the rounds mixed. Nothing once the answers
    of one round were disposed of: those that are left may be of fewer than five people."""
    words: dict[str, str] = {}
    for one in rounds:
        words |= dict(one.questions_for(part))
    texts: dict[str, list[str]] = {key: [] for key in words}
    rows = ReviewAnswer.objects.filter(round__in=rounds, part=part).order_by("pk")
    left = set()
    for round_id, question, text in rows.values_list("round", "question", "text"):
        left.add(round_id)
        texts[question].append(text)
    if left != {one.pk for one in rounds}:
        return []
    return [(words[key], found) for key, found in texts.items()]


def facts_of(cycle: AuditCycle, on: date) -> dict[str, str]:
    """What a report may say of the round of this cycle: counts, the small ones hidden, and no word."""
    asked = ReviewRound.objects.filter(cycle=cycle).select_related("cycle").first()
    if asked is None:
        hours = hours_of([cycle]).get(cycle.pk, Hours())
        return {"Answers": "nobody has been asked yet", "Hours": hours.words}
    [shown] = show_rounds([asked], on)
    if not shown.is_over:
        until = f"people may answer until {asked.ends_on:%-d %B %Y}"
        return {"Answers": until, "Hours": shown.hours.words}
    facts = {str(voices.part.label): voices.words for voices in shown.voices}
    return facts | {"Hours": shown.hours.words}


# --- A year --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """What a review rests on."""

    rounds: list[RoundShown]
    not_asked: list[AuditCycle]
    pooled: list[Voices]
    families: list[tuple[str, list[tuple[str, str]]]]
    preparation: list[PreparationReview]


def evidence_of(review: ProcessReview, on: date) -> Evidence:
    """All of it; a constant number of queries.

    What fewer than five answered in one cycle is shown merged with other such cycles, once the evidence is
    complete and not before: each new cycle would otherwise stand out against what was shown the day before.
    """
    happened = review.programme.cycles.exclude(state__in=DID_NOT_HAPPEN).order_by("ref")
    cycles = list(happened.select_related("review_round"))
    rounds = [cycle.review_round for cycle in cycles if hasattr(cycle, "review_round")]
    for cycle in cycles:
        if hasattr(cycle, "review_round"):
            cycle.review_round.cycle = cycle
    shown = show_rounds(rounds, on)
    is_complete = review.state != ReviewState.OPENED
    return Evidence(
        rounds=shown,
        not_asked=[cycle for cycle in cycles if not hasattr(cycle, "review_round")],
        pooled=[_pooled(shown, part) for part in AskedPart] if is_complete else [],
        families=_families(cycles),
        preparation=list(review.programme.preparation_reviews.select_related("written_by")),
    )


def _pooled(shown: list[RoundShown], part: AskedPart) -> Voices:
    """The cycles together in which fewer than five of this part answered."""
    few = [
        (one, voices)
        for one in shown
        for voices in one.voices
        if voices.part == part and not voices.is_shown
    ]
    answered = sum(voices.answered for _, voices in few)
    asked = sum(voices.asked for _, voices in few)
    heard = [one.round for one, voices in few if voices.answered]
    answers = [] if is_few(answered) else _answers(heard, part)
    return Voices(part, asked, answered, answers)


def _families(cycles: list[AuditCycle]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each kind of person who was asked, what became of it in cycles whose families have all been asked:
    counts alone, the small ones hidden."""
    found = reached_in_each([cycle for cycle in cycles if cycle.state in ASKING_IS_OVER])
    return [(str(AskedPerson(kind).label), _outcomes(each)) for kind, each in found.items()]


def _outcomes(each: list[Reached]) -> list[tuple[str, str]]:
    """The sums of those that may be shown of every cycle alone: what reports say of the other cycles would
    give a small one away."""
    counts = [
        {
            "told us how they saw our work": row.reached,
            "did not want to": row.declined,
            "could not be reached or asked": row.asked - row.reached - row.declined,
        }
        for row in each
    ]
    shown = [row_of_counts(one) for one in counts]
    return [
        (words, str(sum(one[words] for one in counts)))
        for words in counts[0]
        if all(one[words] != NOT_SHOWN for one in shown)
    ]


# --- Lists ---------------------------------------------------------------------------------------------


def programmes_to_review() -> QuerySet[AuditProgramme]:
    """Every year in which something took place, with its review if there is one; the newest first."""
    happened = AuditCycle.objects.filter(programme=OuterRef("pk")).exclude(state__in=DID_NOT_HAPPEN)
    return AuditProgramme.objects.filter(Exists(happened)).select_related("process_review")


def decisions_of(review: ProcessReview) -> list[ProcessDecision]:
    """Its decisions with what they changed; two queries."""
    return list(review.decisions.select_related("owner").prefetch_related("changes__form"))


# --- What waits for somebody ---------------------------------------------------------------------------


def waiting_for(person: Any) -> list[WorkItem]:
    """Questions to answer; and for the lead, reviews to go on with. A constant number of queries."""
    items = [*_to_answer(person), *_to_carry_out(person)]
    if holds(person, Right.RUN_PROCESS_REVIEW):
        items += [*_to_open(), *_to_go_on_with()]
    return items


def open_invitations(person: Any) -> QuerySet[ReviewInvitation]:
    """What this person is asked now."""
    return ReviewInvitation.objects.filter(
        person=person, has_answered=False, round__ends_on__gte=timezone.localdate()
    ).select_related("round__cycle")


def _to_answer(person: Any) -> list[WorkItem]:
    return [
        WorkItem(
            title=f"{invitation.round.cycle}: how was the audit for you?",
            url=reverse("process_review:answer", args=[invitation.round.cycle.ref]),
            kind=WorkKind.ANSWER,
            words="A few open questions. Nobody sees who wrote which answer.",
            due=invitation.round.ends_on,
        )
        for invitation in open_invitations(person)
    ]


def _to_carry_out(person: Any) -> list[WorkItem]:
    decisions = ProcessDecision.objects.filter(
        owner=person, review__state=ReviewState.DECIDED, changes=None
    )
    return [
        WorkItem(
            title=f"Change the audit as decided for {one.review.programme}",
            url=reverse("process_review:changes", args=[one.review.programme.year]),
            kind=WorkKind.CHANGE,
            words="You see to it. Tell the lead when it is done.",
            due=one.due_date,
        )
        for one in decisions.select_related("review__programme")
    ]


def _to_open() -> list[WorkItem]:
    """Years that are over and have no review."""
    going_on = AuditCycle.objects.filter(programme=OuterRef("pk")).exclude(
        state__in=(CycleState.CLOSED, *DID_NOT_HAPPEN)
    )
    years = programmes_to_review().filter(~Exists(going_on), process_review=None)
    return [
        WorkItem(
            title=f"Review how the audit itself went in {programme}",
            url=reverse("process_review:list"),
            kind=WorkKind.WRITE,
            words="Once a year: what people say of it, the hours it took, what will be different.",
        )
        for programme in years
    ]


def _to_go_on_with() -> list[WorkItem]:
    reviews = ProcessReview.objects.exclude(state=ReviewState.CHANGES_LINKED)
    return [
        WorkItem(
            title=f"Go on with the review of the audit in {review.programme}",
            url=review.get_absolute_url(),
            kind=WorkKind.WRITE,
            words=f"Where it stands: {review.get_state_display()}.",
        )
        for review in reviews.select_related("programme")
    ]
