"""The benchmark measures what it says, and touches nothing that it has not made."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from audit_pages.models import FindingPage, ImportedFindingPage
from learning.evidence.models import PageEvidence
from learning.people.roles import Role
from learning.submissions.grants import grant_reading
from portal.benchmarks import indices, postgres
from portal.benchmarks.figures import Figure, as_table, percentile, ratios
from portal.benchmarks.inside.corpus import make_documents
from portal.benchmarks.inside.guard import NotOurs, refuse_unless_ours
from portal.benchmarks.inside.importing import import_rows
from portal.benchmarks.inside.pages import look_at_pages
from portal.benchmarks.inside.publishing import publish_in_turn
from portal.benchmarks.inside.readers import ask, reader, signed_in_client
from portal.benchmarks.inside.searching import SEARCHES, engine_requests, look_at_searches
from portal.benchmarks.parts.pages import measure_pages
from portal.benchmarks.run import Run
from portal.benchmarks.serving import processor_seconds_of
from portal.benchmarks.sizes import QUICK
from portal.benchmarks.stages import Ground, Stage
from portal.demo.loader import first_with
from search.ledger.models import LedgerRow, Projection
from search.suggestions.spelling import FEW
from tests.learning.audit import a_cycle, audited_cases

TINY = replace(QUICK, rounds=1, requests=20, warm_up=4)


def test_a_figure_is_the_median_of_its_runs_and_is_held_against_its_target() -> None:
    runs = (9.0, 2.0, 4.0)
    assert Figure("part", "name", runs).value == 4
    assert Figure("part", "name", runs).is_met is None
    assert Figure("part", "name", runs, at_most=4).is_met is True
    assert Figure("part", "name", runs, at_most=3.9).is_met is False
    assert Figure("part", "name", runs, at_least=4.1).is_met is False


def test_the_table_names_what_was_missed() -> None:
    table = as_table([Figure("pages", "finding ÷ bare", (3.2, 3.4, 3.3), at_most=3)])
    head, line = table.splitlines()
    assert head.split() == ["part", "figure", "measured", "range", "of", "runs", "target"]
    assert line.split() == ["pages", "finding", "÷", "bare", "3.3", "3.2–3.4", "≤", "3", "MISSED"]


def test_ratios_are_taken_run_by_run() -> None:
    assert ratios([4, 9], [2, 3]) == (2, 3)


@pytest.mark.parametrize(("share", "value"), [(50, 50), (95, 95), (99, 99), (100, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: int, value: int) -> None:
    assert percentile(range(100, 0, -1), share) == value


def test_processor_time_rises_with_work() -> None:
    before = processor_seconds_of(os.getpid())
    while processor_seconds_of(os.getpid()) < before + 0.03:
        sum(range(10_000))
    assert processor_seconds_of(os.getpid()) > before


def test_nothing_but_its_own_is_written_or_dropped(db: None) -> None:
    with pytest.raises(NotOurs):
        refuse_unless_ours()
    with pytest.raises(ValueError, match="no database of the benchmark"):
        postgres.drop("postgres://nobody@127.0.0.1:1/nothing", "portal")
    with pytest.raises(ValueError, match="no prefix of the benchmark"):
        indices.remove("http://127.0.0.1:1", "learning")


def test_publishing_is_timed_with_the_ledger_and_without(db: None) -> None:
    versions = dict(LedgerRow.objects.values_list("page_id", "version"))
    taken = publish_in_turn(publications=2)
    assert [len(taken[name]) for name in ("with", "without", "inside")] == [2, 2, 2]
    assert all(
        0 < inside < whole for inside, whole in zip(taken["inside"], taken["with"], strict=True)
    )
    rows = LedgerRow.objects.values_list("page_id", "version")
    warm_up_and_timed = sum(version - versions[page_id] for page_id, version in rows)
    assert warm_up_and_timed == 4 + 2


def test_made_documents_are_found_and_their_pages_seen(db: None, sign_in: Any) -> None:
    before = Projection.objects.count()
    make_documents(documents=12)
    assert Projection.objects.count() == before + 12
    assert Page.objects.filter(slug__startswith="made-", depth=5).count() == 12
    found = sign_in(Role.FRONT_LINE).get("/search/", {"source": "An invented inspectorate"})
    if connection.vendor == "sqlite":
        assert found.context["found"].total > 0


def test_rows_are_loaded_and_approved(db: None) -> None:
    before = ImportedFindingPage.objects.live().count()
    speed = import_rows(rows=5, run=7)
    assert ImportedFindingPage.objects.live().count() == before + 5
    assert 0 < speed["both"] < min(speed["load"], speed["approve"])


def test_no_guidance_page_and_no_finding_asks_too_much(db: None) -> None:
    for name, found in look_at_pages()["kinds"].items():
        assert found["pages"] > 10
        assert (name, found["repeated"]) == (name, 0)
        assert 4 < found["queries"] <= 12, name


def test_findings_that_name_their_audits_ask_no_more_than_twelve_times(db: None) -> None:
    """Each rests on many audits, of which the reader may open one and not the others."""
    cycle = a_cycle()
    audits = audited_cases(cycle, 24)
    lead, page_reader = first_with(Role.LEAD_QA), reader()
    grant_reading(submission=audits[0], person=page_reader, reason="Presents it", granted_by=lead)
    findings = list(FindingPage.objects.live().values_list("pk", flat=True))
    PageEvidence.objects.bulk_create(
        PageEvidence(page_id=pk, submission=audit, named_by=lead)
        for pk in findings
        for audit in audits
    )
    found = look_at_pages()["kinds"]["finding"]
    assert found["pages"] == len(findings)
    assert audits[0].case.ref.encode() in ask(signed_in_client(), found["path"]).body
    assert 4 < found["queries"] <= 12
    assert found["repeated"] == 0


@pytest.mark.elasticsearch
def test_a_search_page_asks_the_engine_once(sign_in: Any) -> None:
    """A second question, for another spelling, only where fewer than three pages hold all words."""
    client, well_answered = sign_in(Role.FRONT_LINE), 0
    for text in SEARCHES:
        with engine_requests() as requests:
            found = client.get(f"/search/?{text}").context["found"]
        if found.total_all_words >= FEW:
            well_answered += 1
            assert (text, len(requests)) == (text, 1)
    assert well_answered > len(SEARCHES) / 2


@pytest.mark.elasticsearch
def test_the_engine_is_asked_what_the_page_asks(db: None) -> None:
    seen = look_at_searches()
    assert [search["path"] for search in seen["searches"]] == [f"/search/?{t}" for t in SEARCHES]
    assert all(search["body"]["query"] and search["queries"] > 4 for search in seen["searches"])


class Borough(Ground):
    """A ground whose only portal is the suite's own copy of the borough."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        server = os.environ.get("DATABASE_URL", "postgres://portal:portal@127.0.0.1:5442/portal")
        super().__init__(folder, server, say=lambda line: None)
        self.stage = stage

    def copy(self, kind: str, name: str) -> Stage:
        return self.stage


@pytest.fixture
def borough(cloned_database: str, tmp_path: Path) -> Iterator[Borough]:
    stage = Stage(tmp_path / "portal_bench_borough")
    stage.folder.mkdir()
    ground = Borough(tmp_path, stage)
    connection.close()
    copy = ground.new_database("borough", template=cloned_database)
    ground.stage = replace(stage, database_url=postgres.url_of(ground.postgres_url, copy))
    ground.stage.manage("collectstatic", "--no-input", "--verbosity", "0")
    yield ground
    ground.clear()


@pytest.mark.elasticsearch
def test_pages_are_measured_against_a_bare_site(borough: Borough) -> None:
    figures = measure_pages(Run(borough, TINY, kinds=[borough.stage.kind]))
    by_name = {figure.name: figure.value for figure in figures}
    assert by_name["finding: processor time a request"] > 0
    assert 100 < by_name["guidance: bytes with styles and scripts"] <= 150_000
    assert {"guidance ÷ bare", "finding ÷ bare"} <= by_name.keys()
