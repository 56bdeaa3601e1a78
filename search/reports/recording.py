"""Keeping searches that found nothing, so that editors learn which words are missing."""

import hashlib
import hmac
import logging
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from search.analysis.analyser import normalise
from search.analysis.tokens import words_of
from search.reports.identifiers import could_identify
from search.reports.models import FruitlessSearch
from search.results.finding import Found
from search.words.in_use import words_in_use

logger = logging.getLogger("search")

KEPT_FOR = timedelta(days=90)
PEOPLE_NEEDED = 2
LONGEST_TERM = 120


def record_fruitless(found: Found, user: Any) -> None:
    """Keeps the term of a search by words alone that no page answers whole, unless it could name
    someone."""
    text = found.query.text
    if not text or found.query.facets or found.query.page > 1 or found.total_all_words:
        return
    term = " ".join(normalise(word.text) for word in words_of(text))[:LONGEST_TERM]
    if not term or could_identify(text, words_in_use()):
        return
    try:
        FruitlessSearch.objects.update_or_create(
            term=term,
            asked_by=fingerprint(user.pk, term),
            defaults={"last_on": timezone.localdate()},
        )
    except DatabaseError as error:  # a search answers even where this cannot be kept
        logger.warning("fruitless search not kept: %s", type(error).__name__)


def fingerprint(user_id: int, term: str) -> str:
    """Tells two people who typed this term apart; the same person's other terms have another."""
    key = f"fruitless:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{user_id}:{term}".encode(), hashlib.sha256).hexdigest()


def report() -> QuerySet[FruitlessSearch, Any]:
    """Terms that two people or more searched for in vain: term, people, last_on; most wanted
    first."""
    terms = FruitlessSearch.objects.values("term").annotate(
        people=Count("asked_by"), last_searched=Max("last_on")
    )
    return terms.filter(people__gte=PEOPLE_NEEDED).order_by("-people", "-last_searched", "term")


def purge_fruitless(today: date) -> int:
    """Forget what nobody has searched for in ninety days; how many rows went."""
    return FruitlessSearch.objects.filter(last_on__lt=today - KEPT_FOR).delete()[0]
