"""What people ask, put to the engine with the words as they are and as they would be."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit_pages.publishing.readers import tokens_of
from search.engines.contract import EngineRequest, Trial
from search.engines.database.dialects import dialect
from search.engines.database.private import own_copy
from search.engines.database.writing import rewrite_words
from search.evaluation.judged import judged_queries
from search.ledger.meanwhile import closed_meanwhile
from search.queries.reading import read
from search.queries.search_query import SearchQuery, tidy_text
from search.reports.recording import report
from search.results.finding import Asker, request_for
from search.trying.changes import Change, gathered, words_moved
from search.words.in_use import WordsInUse, read_words

PLACES = 10
ROOM_FOR_BEST_BETS = 10
LOGGED_AT_MOST = 40
SECONDS_AT_MOST = 15.0
"""An editor waits for this, and so does a web process: what is not asked by then is counted."""


@dataclass(frozen=True)
class Question:
    """A query to try: one that was judged, or one that several people asked in vain."""

    text: str
    grades: Mapping[str, int] | None = field(default=None, compare=False)

    @property
    def is_judged(self) -> bool:
        return self.grades is not None


def questions() -> list[Question]:
    """The judged queries, and those most asked in vain of late: what one person alone typed is
    never among them."""
    judged = [Question(tidy_text(query.text), query.grades) for query in judged_queries()]
    known = {question.text.lower() for question in judged}
    logged = report().values_list("term", flat=True)[:LOGGED_AT_MOST]
    return judged + [Question(term) for term in logged if term not in known]


@dataclass(frozen=True)
class Rankings:
    """The first places of each question that the change touches, before and after."""

    before: dict[Question, list[int]]
    after: dict[Question, list[int]]
    touched: int
    engine: str = ""
    stood_in: bool = False

    @property
    def left_out(self) -> int:
        """Questions for which there was no time."""
        return self.touched - len(self.after)


class Trying:
    """One person's questions under one change of words."""

    def __init__(self, change: Change, user: Any) -> None:
        self.before, self.after = read_words(), change.words()
        self.moved = words_moved(self.before, self.after)
        self._user_tokens, self._closed = tokens_of(user), closed_meanwhile(user)
        self._begun = time.monotonic()
        self._engines: set[tuple[str, bool]] = set()

    def rankings(self, asked: Sequence[Question]) -> Rankings:
        """What is found before and after, for those of the questions that could change."""
        touched = [question for question in asked if self._touches(question)]
        before = dict(self._ranked(touched, self.before, Trial(), SECONDS_AT_MOST / 2))
        with self._as_it_would_be():
            trial = Trial(gathered(self.moved))
            after = dict(self._ranked(list(before), self.after, trial, SECONDS_AT_MOST))
        engine, stood_in = max(self._engines, key=lambda e: e[1], default=("", False))
        return Rankings(before, after, len(touched), engine, stood_in)

    def _touches(self, question: Question) -> bool:
        """Whether the engine would be asked anything else, or would hold what is asked elsewhere."""
        before, after = (self._request(question, w) for w in (self.before, self.after))
        bets = (w.best_bets.get(w.key_of(question.text)) for w in (self.before, self.after))
        stems = {stem for pair in self.moved.values() for stem in pair}
        return before != after or len(set(bets)) > 1 or bool(stems & _stems_of(before))

    def _request(self, question: Question, words: WordsInUse) -> EngineRequest:
        query = SearchQuery(text=question.text)
        reading = read(query, words, timezone.localdate())
        return request_for(query, reading, words, self._user_tokens, PLACES, self._closed)

    def _ranked(
        self, asked: Sequence[Question], words: WordsInUse, trial: Trial, seconds: float
    ) -> Iterator[tuple[Question, list[int]]]:
        """Each question's pages as a reader sees them (best bets, then hits), while there is time."""
        limit = PLACES + ROOM_FOR_BEST_BETS
        asker = Asker(words, self._user_tokens, self._closed, "", limit, trial)
        for question in asked:
            if time.monotonic() > self._begun + seconds:
                return
            answered = asker.answer(SearchQuery(text=question.text))
            self._engines.add((answered.asked.answer.engine, answered.asked.stood_in))
            bets = words.best_bets.get(words.key_of(answered.query.text), ())
            hits = (hit.page_id for hit in answered.asked.answer.hits)
            yield question, list(dict.fromkeys([*(page_id for page_id, _ in bets), *hits]))

    @contextmanager
    def _as_it_would_be(self) -> Iterator[None]:
        """The database's words cut as they would be, in a copy that only this connection sees."""
        recut = self.moved and settings.PORTAL_SEARCH_ENGINE == "database"
        with own_copy() if recut else nullcontext():
            if recut:
                rewrite_words(_pages_holding(self.moved), self.after.analyser)
            yield


def _stems_of(request: EngineRequest) -> set[str]:
    phrases = [phrase for group in request.words.groups for phrase in group.alternatives]
    phrases += [*request.words.phrases, *request.words.welcome]
    phrases += [phrase for about in request.about for phrase in about.phrases]
    return {stem for phrase in phrases for stem in phrase}


def _pages_holding(moved: dict[str, tuple[str, str]]) -> list[int]:
    """Pages that may hold one of the words, by the stems that it has now."""
    sql, parameters = dialect().pages_holding([[(old,) for old, _ in moved.values()]])
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
