"""A question that brings its synonyms along finds what the index's own analyser finds."""

from statistics import fmean

import pytest
from wagtail.models import Page

from audit_pages.publishing.readers import tokens_of
from learning.people.roles import Role
from portal.demo.loader import first_with
from search.engines.contract import Trial
from search.evaluation.judged import judged_queries
from search.evaluation.measures import ndcg
from search.ledger.meanwhile import closed_meanwhile
from search.queries.search_query import SearchQuery, tidy_text
from search.results.finding import Asker
from search.words.in_use import read_words

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def test_the_first_ten_are_nearly_the_same_as_those_of_the_index(own_index: str) -> None:
    """The rarity of a word is counted a little otherwise, so neighbours may change places."""
    reader, words = first_with(Role.EDITOR), read_words()
    slugs = dict(Page.objects.values_list("pk", "slug"))
    given = (words, tokens_of(reader), closed_meanwhile(reader), "elasticsearch", 10)
    shared, in_order, qualities = [], [], []
    for judged in judged_queries():
        query = SearchQuery(text=tidy_text(judged.text))
        plain, spelled = (
            [hit.page_id for hit in Asker(*given, trial).answer(query).asked.answer.hits]
            for trial in (None, Trial())
        )
        shared.append(len(set(plain) & set(spelled)) / max(len(plain), 1))
        in_order.append(plain == spelled)
        qualities.append(
            tuple(ndcg([slugs[pk] for pk in r], judged.grades) for r in (plain, spelled))
        )
    means = [fmean(column) for column in zip(*qualities, strict=True)]
    print(f"shared {fmean(shared):.4f}, in order {fmean(in_order):.4f}, nDCG {means}")

    assert fmean(shared) >= 0.95
    assert abs(means[0] - means[1]) < 0.01
