"""Thousands of documents: the sentences of the borough's own pages, put together anew."""

import random
import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from audit_pages.models import ImportedFindingPage, ImportedIndexPage
from audit_pages.publishing.records import EVERYONE, PublishedRecord, Section
from learning.vocabulary.choices import LearningLevel, StatementKind
from learning.vocabulary.models import AreaOfWork, Theme
from search.engines.database.writing import write_documents
from search.ledger.documents import Document, build_document
from search.ledger.models import LedgerRow, Projection
from search.words.in_use import WordsInUse, read_words

SEED = 20_000
AT_A_TIME = 500
SENTENCE = re.compile(r"(?<=[.?!])\s+")
SHORTEST = 30
SOURCES = ("", "", "An invented inspectorate", "A neighbouring borough")
HEADINGS = ("What we saw", "Why it matters to children", "What changes", "How we will test it")


def make_documents(*, documents: int) -> dict[str, float]:
    """Pages, their documents in the projection and their ledger rows; documents written a second."""
    sentences, words, chance = own_sentences(), read_words(), random.Random(SEED)
    pages = _make_pages(documents, sentences, chance)
    started = time.perf_counter()
    for start in range(0, len(pages), AT_A_TIME):
        _write(pages[start : start + AT_A_TIME], sentences, words, chance)
    return {"per_second": documents / (time.perf_counter() - started)}


def own_sentences() -> list[str]:
    """Every sentence of the published text, each once, in a steady order."""
    texts = (
        text
        for document in Projection.objects.filter(gone=False).values_list("document", flat=True)
        for _, _, text in document["sections"]
    )
    return sorted({part for text in texts for part in _sentences(text)})


def _sentences(text: str) -> Iterator[str]:
    for part in SENTENCE.split(" ".join(text.split())):
        if len(part) >= SHORTEST:
            yield part


def _make_pages(number: int, sentences: list[str], chance: random.Random) -> list[Page]:
    """Rows of pages, so that hits pass the check against the database. They cannot be opened."""
    parent = ImportedIndexPage.objects.get().add_child(
        instance=Page(title="Made for the benchmark", slug="made-for-the-benchmark")
    )
    kind = ContentType.objects.get_for_model(ImportedFindingPage)
    made = [_page(parent, kind, place, sentences, chance) for place in range(1, number + 1)]
    Page.objects.filter(pk=parent.pk).update(numchild=number)
    return Page.objects.bulk_create(made, batch_size=AT_A_TIME)


def _page(
    parent: Page, kind: ContentType, place: int, sentences: list[str], chance: random.Random
) -> Page:
    title = chance.choice(sentences)[:90].rstrip(" .,")
    return Page(
        title=title,
        draft_title=title,
        slug=f"made-{place}",
        path=Page._get_path(parent.path, parent.depth + 1, place),
        depth=parent.depth + 1,
        content_type=kind,
        url_path=f"{parent.url_path}made-{place}/",
        locale_id=parent.locale_id,
        live=True,
    )


def _write(
    pages: list[Page], sentences: list[str], words: WordsInUse, chance: random.Random
) -> None:
    made: dict[int, Document | None] = {
        page.pk: build_document(_record(page, sentences, chance), words.labels) for page in pages
    }
    write_documents(made, dict.fromkeys(made, 1), words.analyser)
    now = timezone.now()
    LedgerRow.objects.bulk_create(
        LedgerRow(page_id=key, dirty=False, dirty_since=now, indexed_version=1,
                  digest=held["digest"], indexed_at=now)
        for key, held in made.items() if held
    )  # fmt: skip


def _record(page: Page, sentences: list[str], chance: random.Random) -> PublishedRecord:
    year, number = chance.randint(2018, 2026), chance.randint(1, 4)
    source = chance.choice(SOURCES)
    return PublishedRecord(
        page_id=page.pk,
        kind="imported_finding" if source else "finding",
        title=page.title,
        summary=chance.choice(sentences),
        sections=tuple(_sections(sentences, chance)),
        url=f"/made/{page.slug}/",
        acl=(EVERYONE,),
        quarter="" if source else f"{year}-Q{number}",
        source=source,
        dated_on=date(year, 3 * number, 1),
        published_at=timezone.now(),
        **_tags(chance),
    )


def _sections(sentences: list[str], chance: random.Random) -> Iterator[Section]:
    for heading in HEADINGS[: chance.randint(1, len(HEADINGS))]:
        text = " ".join(chance.choices(sentences, k=chance.randint(2, 5)))
        yield Section(heading.lower().replace(" ", "-"), heading, text)


_codes: dict[str, list[str]] = {}


def _tags(chance: random.Random) -> dict[str, Any]:
    if not _codes:
        _codes["themes"] = list(Theme.objects.order_by("code").values_list("code", flat=True))
        areas = AreaOfWork.objects.order_by("code").values_list("code", flat=True)
        _codes["areas_of_work"] = list(areas)
    return {
        "themes": tuple(chance.sample(_codes["themes"], k=chance.randint(1, 3))),
        "areas_of_work": tuple(chance.sample(_codes["areas_of_work"], k=1)),
        "statement_kind": chance.choice(StatementKind.values),
        "level": chance.choice(LearningLevel.values),
    }
