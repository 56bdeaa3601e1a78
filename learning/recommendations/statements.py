"""Whether a written statement says what was done: a tick or an echo is not enough (domain.md A44)."""

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils import timezone

from learning.programme.settings import AuditSettings
from learning.recommendations.models import Recommendation
from learning.recommendations.refusals import StatementNotEnough

LEAST_WORDS_OF_EVIDENCE = 3


def check_statement(
    recommendation: Recommendation,
    *,
    statement: str,
    completed_on: date,
    evidence: str,
    full_name: str,
    confirmed_by: Any,
) -> None:
    """Raises `StatementNotEnough` for the first thing that is missing."""
    _check_length(statement, evidence)
    _check_echo(recommendation, statement, evidence)
    if completed_on > timezone.localdate():
        raise StatementNotEnough(
            "completed_on", "This day is still to come. Confirm when the work has been done."
        )
    if not is_same_name(full_name, confirmed_by.get_full_name()):
        raise StatementNotEnough(
            "full_name",
            f"Type your full name as the portal knows it: {confirmed_by.get_full_name()}.",
        )


def is_same_name(typed: str, name: str) -> bool:
    """Whether it is the same name, whatever the capitals, blanks and kind of apostrophe."""
    return _plain_name(typed) == _plain_name(name)


def _plain_name(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("‐", "-")
    return " ".join(plain.split())


def _check_length(statement: str, evidence: str) -> None:
    least = AuditSettings.load().statement_least_words
    if len(set(words_of(statement))) < least:
        raise StatementNotEnough(
            "statement",
            f"Say in your own words what was done, in at least {least} different words. "
            "Somebody who was not there should see from it what has changed.",
        )
    if len(set(words_of(evidence))) < LEAST_WORDS_OF_EVIDENCE:
        raise StatementNotEnough(
            "evidence", "Say what shows it and where it can be seen, in a few words."
        )


def _check_echo(recommendation: Recommendation, statement: str, evidence: str) -> None:
    """Half of the least words have to be new: agreeing with what was asked says nothing of what was done."""
    asked = f"{recommendation.action} {recommendation.why} {recommendation.how_known}"
    if len(new_words(statement, asked)) < AuditSettings.load().statement_least_words / 2:
        raise StatementNotEnough(
            "statement",
            "These are the words of the recommendation. Say what was done about it: who did what, "
            "and what is different now.",
        )
    earlier = recommendation.latest_confirmation
    if earlier is not None and words_of(earlier.statement) == words_of(statement):
        raise StatementNotEnough(
            "statement", "This is the statement that was sent back. Say what has been done since."
        )
    if not new_words(evidence, statement):
        raise StatementNotEnough(
            "evidence", "This repeats what was done. Say what shows it, and where it can be seen."
        )


def new_words(text: str, original: str) -> set[str]:
    """The words of the text that the original does not have."""
    return set(words_of(text)) - set(words_of(original))


def words_of(text: str) -> list[str]:
    """The words of a text, in order, in small letters."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
