"""What a change of words would do to the first ten results, in a form that can be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from wagtail.models import Page

from audit_pages.publishing.readers import visible_pages, visible_to
from search.evaluation.measures import ndcg
from search.trying.asking import PLACES, Question, Rankings, Trying, questions
from search.trying.changes import Change, others_wait

HARDLY = 0.0005
"""A mean that moves by less is said to stay."""


@dataclass(frozen=True)
class Move:
    """A page whose place changes; None is outside the first ten."""

    title: str
    url: str
    before: int | None
    after: int | None

    @property
    def said(self) -> str:
        """`enters at 3`, `leaves (was 9)`, `rises from 5 to 2`, `falls from 1 to 4`."""
        if self.before is None:
            return f"enters at {self.after}"
        if self.after is None:
            return f"leaves (was {self.before})"
        verb = "rises" if self.after < self.before else "falls"
        return f"{verb} from {self.before} to {self.after}"


@dataclass(frozen=True)
class Movement:
    """One query whose first ten results would be others, or in another order."""

    question: Question
    moves: Sequence[Move]
    finds_nothing: bool


@dataclass(frozen=True)
class Quality:
    """Mean nDCG at ten over the judged queries that the change touches, and how many were judged
    here in all."""

    before: float
    after: float
    touched: int
    judged: int

    @property
    def overall(self) -> float:
        """What the mean over all judged queries would gain or lose."""
        return (self.after - self.before) * self.touched / self.judged

    @property
    def overall_said(self) -> str:
        """`up by 0.0021`, `down by 0.0057`."""
        return f"{'down' if self.overall < 0 else 'up'} by {abs(self.overall):.4f}"

    @property
    def said(self) -> str:
        """In a sentence: better, worse or the same."""
        if abs(self.after - self.before) < HARDLY:
            return "By the judgments, people would find what they need as well as before."
        how = "better" if self.after > self.before else "less well"
        return f"By the judgments, people would find what they need {how} than before."


@dataclass(frozen=True)
class Effect:
    """Everything that the desk says of a change before it is made."""

    movements: Sequence[Movement]
    rankings: Rankings
    quality: Quality | None
    judged: int
    logged: int
    with_others: bool


def effect_of(change: Change, user: Any) -> Effect:
    """What the change would do to the queries that are tried; only pages that this person may read
    take part."""
    asked = questions()
    rankings = Trying(change, user).rankings(asked)
    pages = _pages_in(rankings, user)
    first = {
        when: {question: _first(ranking, pages) for question, ranking in found.items()}
        for when, found in (("before", rankings.before), ("after", rankings.after))
    }
    judged = sum(question.is_judged for question in asked)
    return Effect(
        movements=list(_movements(first["before"], first["after"], pages)),
        rankings=rankings,
        quality=_quality(first["before"], first["after"], pages, _gradable(asked, user)),
        judged=judged,
        logged=len(asked) - judged,
        with_others=others_wait(),
    )


def _pages_in(rankings: Rankings, user: Any) -> Mapping[int, Page]:
    found = (*rankings.before.values(), *rankings.after.values())
    return visible_pages(user, sorted({page_id for ranking in found for page_id in ranking}))


def _first(ranking: Iterable[int], pages: Mapping[int, Page]) -> list[int]:
    return [page_id for page_id in ranking if page_id in pages][:PLACES]


def _movements(
    before: Mapping[Question, list[int]],
    after: Mapping[Question, list[int]],
    pages: Mapping[int, Page],
) -> Iterable[Movement]:
    for question, now in after.items():
        if now != before[question]:
            moves = list(_moves(before[question], now, pages))
            yield Movement(question, moves, finds_nothing=not now)


def _moves(before: list[int], after: list[int], pages: Mapping[int, Page]) -> Iterable[Move]:
    """Pages in the order that they would have, and last those that leave."""
    was = {page_id: place for place, page_id in enumerate(before, start=1)}
    becomes = {page_id: place for place, page_id in enumerate(after, start=1)}
    for page_id in dict.fromkeys([*after, *before]):
        places = was.get(page_id), becomes.get(page_id)
        if places[0] != places[1]:
            yield Move(pages[page_id].title, pages[page_id].url or "", *places)


def _gradable(asked: Iterable[Question], user: Any) -> dict[Question, dict[str, int]]:
    """Judged queries with the grades of the pages that stand in this portal and are open to the
    person; those with none of them cannot be measured here."""
    judged = {question: question.grades for question in asked if question.grades}
    slugs = {slug for grades in judged.values() for slug in grades}
    here = visible_to(user, Page.objects.filter(slug__in=slugs))
    held = set(here.values_list("slug", flat=True))
    kept = {
        question: {slug: grade for slug, grade in grades.items() if slug in held}
        for question, grades in judged.items()
    }
    return {question: grades for question, grades in kept.items() if grades}


def _quality(
    before: Mapping[Question, list[int]],
    after: Mapping[Question, list[int]],
    pages: Mapping[int, Page],
    gradable: Mapping[Question, Mapping[str, int]],
) -> Quality | None:
    """None where no judged query is touched."""
    touched = [question for question in after if question in gradable]
    if not touched:
        return None
    means = [
        fmean(ndcg([pages[pk].slug for pk in found[q]], gradable[q], PLACES) for q in touched)
        for found in (before, after)
    ]
    return Quality(means[0], means[1], len(touched), len(gradable))
