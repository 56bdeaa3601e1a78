"""What the borough's people said about the audit itself, and the yearly reviews that came of it."""

import hashlib
import uuid
from datetime import date, timedelta
from typing import Any

from learning.events.working_days import add_working_days
from learning.process_review.models import (
    ProcessChange,
    ProcessDecision,
    ProcessReview,
    ReviewAnswer,
    ReviewInvitation,
    ReviewRound,
)
from learning.process_review.questions import questions_now
from learning.process_review.states import AskedPart, ReviewState
from learning.programme.models import AuditCycle, AuditProgramme, PreparationReview
from learning.selection.models import SampledCase
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import FIRST_DAYS, moment, pace_of
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read
from portal.demo.audits.teams import Team

FEW_WORKERS = {"2025-Q1": 3, "2025-Q3": 4}
"""Cycles in which fewer than five workers answered: their words are shown together only."""

ANSWERED = {AskedPart.AUDITOR: 9, AskedPart.AUDITEE: 7}
DAYS = 10
REVIEWED = (2024, 2025)
GOING_ON = 2026


def ask_about_audit(
    shelf: Shelf, cast: Cast, cycle: AuditCycle, team: Team, cases: list[SampledCase]
) -> None:
    """The round of a closed cycle: who was asked, who answered, and, apart from them, what."""
    pace = pace_of(cycle.ref)
    asked = shelf.add(
        ReviewRound(
            cycle=cycle,
            questions=questions_now(),
            ends_on=add_working_days(pace.day("finish_quality_assurance"), DAYS),
            opened_at=pace.at("finish_quality_assurance", 9),
        )
    )
    shelf.event(pace.at("finish_quality_assurance", 9), None, "reviewround.open", asked)
    _answer(
        shelf,
        asked,
        AskedPart.AUDITOR,
        [one.person for _, members in team.pairs for one in members],
    )
    workers = list(dict.fromkeys(case.worker for case in cases if case.worker))
    _answer(shelf, asked, AskedPart.AUDITEE, workers)


def _answer(shelf: Shelf, asked: ReviewRound, part: AskedPart, people: list[Any]) -> None:
    """The first so many have answered, in turns, some of the questions."""
    few = FEW_WORKERS.get(asked.cycle.ref) if part == AskedPart.AUDITEE else None
    count = few or ANSWERED[part]
    for number, person in enumerate(people):
        has_answered = number < count
        shelf.add(
            ReviewInvitation(round=asked, person=person, part=part, has_answered=has_answered)
        )
        if has_answered:
            _write(shelf, asked, part, number)


def _write(shelf: Shelf, asked: ReviewRound, part: AskedPart, number: int) -> None:
    turn = list(FIRST_DAYS).index(asked.cycle.ref)
    told = read("process.toml")[part.value]
    for place, (key, _) in enumerate(asked.questions_for(part)):
        texts = told[key]
        if (number + place) % 2 == 0 and number // 2 < len(texts):
            text = texts[(number // 2 + turn) % len(texts)]
            shelf.add(
                ReviewAnswer(
                    pk=_mixed(asked.cycle.ref, part, number, key),
                    round=asked,
                    part=part,
                    question=key,
                    text=text,
                )
            )


def _mixed(*words: object) -> uuid.UUID:
    """A number that looks like chance and is the same on each run."""
    return uuid.UUID(bytes=hashlib.sha256(repr(words).encode()).digest()[:16], version=4)


def review_years(cast: Cast) -> None:
    """The reviews of the years that are over, finished; and that of the year under way, open."""
    told = read("process.toml")
    for row in told["preparation"]:
        _review_preparation(cast, row)
    for year in REVIEWED:
        review = _review(cast, year, ReviewState.CHANGES_LINKED)
        for row in told["decision"]:
            if row["year"] == year:
                _decide(cast, review, row)
    _review(cast, GOING_ON, ReviewState.OPENED)


def _review_preparation(cast: Cast, row: dict[str, Any]) -> None:
    day = _after(row["year"])
    PreparationReview.objects.create(
        programme=AuditProgramme.objects.get(year=row["year"]),
        reviewed_on=day,
        words=row["words"],
        changes=row["changes"],
        written_by=cast[LEAD],
        written_at=moment(day, 15),
    )


def _review(cast: Cast, year: int, state: ReviewState) -> ProcessReview:
    review = ProcessReview.objects.create(
        programme=AuditProgramme.objects.get(year=year),
        opened_by=cast[LEAD],
        opened_at=moment(_after(year), 9) if year in REVIEWED else moment(date(2026, 11, 2), 9),
    )
    ProcessReview.objects.filter(pk=review.pk).update(state=state)
    return review


def _after(year: int) -> date:
    """The day in spring on which the year before was reviewed."""
    return date(year + 1, 3, 3)


def _decide(cast: Cast, review: ProcessReview, row: dict[str, Any]) -> None:
    day = _after(row["year"])
    decision = ProcessDecision.objects.create(
        review=review,
        words=row["words"],
        owner=cast[row["owner"]],
        due_date=day + timedelta(days=60),
        decided_by=cast[LEAD],
        decided_at=moment(day, 11),
    )
    ProcessChange.objects.create(
        decision=decision,
        kind=row["kind"],
        form=cast.forms[row["form"]] if "form" in row else None,
        setting=row.get("setting", ""),
        words=row["change"],
        linked_by=cast[LEAD],
        linked_at=moment(day + timedelta(days=50), 11),
    )
