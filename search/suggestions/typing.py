"""What is offered while somebody types: themes by name, then pages by title."""

from typing import Any

from audit_pages.publishing.readers import tokens_of
from audit_pages.templatetags.portal_pages import theme_url
from search.analysis.analyser import normalise
from search.analysis.tokens import words_of
from search.engines.choosing import ask
from search.engines.database.writing import fold_title
from search.queries.search_query import tidy_text
from search.results.documents import visible_documents
from search.results.labels import kind_labels
from search.words.in_use import TagName, words_in_use

SHORTEST = 2
MOST = 8
MOST_THEMES = 3

Suggestion = dict[str, str]


def suggestions_for(typed: str, user: Any) -> list[Suggestion]:
    """At most eight `{text, url, kind}`; none for one letter, or for one who may not read."""
    text, tokens = tidy_text(typed), tokens_of(user)
    if len(text) < SHORTEST or not tokens:
        return []
    themes = [_of_theme(tag) for tag in themes_starting(text)]
    asked = ask(lambda engine: engine.titles_starting(tokens, text, MOST))
    return [*themes, *_of_pages(asked.answer, user)][:MOST]


def themes_starting(text: str) -> list[TagName]:
    """Themes of which some name holds words that begin as typed, in order."""
    starts = [f" {normalise(word.text)}" for word in words_of(text)]
    found = [
        tag
        for tag in words_in_use().tags
        if tag.field == "theme" and starts and any(_holds(name, starts) for name in tag.names)
    ]
    return sorted(found, key=lambda tag: not _holds(tag.label, starts))[:MOST_THEMES]


def _holds(name: str, starts: list[str]) -> bool:
    folded = fold_title(name)
    return all(start in folded for start in starts)


def _of_theme(tag: TagName) -> Suggestion:
    return {"text": tag.label, "url": theme_url(tag.code), "kind": "Theme"}


def _of_pages(page_ids: list[int], user: Any) -> list[Suggestion]:
    """The pages still open to the person, but for theme pages, which stand above by name."""
    documents = visible_documents(user, page_ids)
    labels = kind_labels()
    return [
        {"text": document["title"], "url": document["url"], "kind": labels.get(kind, "")}
        for page_id in page_ids
        if (document := documents.get(page_id))
        and (kind := document["values"]["kind"][0]) != "theme"
    ]
