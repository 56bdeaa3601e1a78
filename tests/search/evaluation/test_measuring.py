"""Measures of a ranking, by hand."""

import json
from io import StringIO
from math import log2

import pytest
from django.core.management import CommandError, call_command

from search.evaluation.measures import average_precision, measure, ndcg, recall


def test_a_perfect_order_is_one_and_a_worse_one_is_less():
    grades = {"a": 3, "b": 1, "c": 0}
    assert ndcg(["a", "b"], grades) == 1.0
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / log2(3)) / (7 + 1 / log2(3)))
    assert ndcg([], grades) == 0.0


def test_only_the_first_ten_count():
    assert ndcg([*"0123456789", "a"], {"a": 1}) == 0.0


def test_precision_is_averaged_over_everything_relevant():
    assert average_precision(["a", "x", "b"], {"a": 1, "b": 1, "c": 1}) == pytest.approx(
        (1 + 2 / 3) / 3
    )


def test_recall_is_the_share_found():
    assert recall(["a", "x"], {"a": 1, "b": 2}) == 0.5


def test_a_query_without_a_ranking_found_nothing():
    measures = measure({"1": ["a"]}, {"1": {"a": 1}, "2": {"b": 1}, "3": {"c": 0}})
    assert (measures.queries, measures.zero_result_rate, measures.ndcg_at_10) == (2, 0.5, 0.5)


@pytest.fixture
def collection(tmp_path):
    documents = [("d1", "Fathers", "spoken to early"), ("d2", "Plans", "read by parents")]
    lines = [json.dumps({"_id": i, "title": t, "text": x}) for i, t, x in documents]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines))
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q1", "text": "dads"}))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "engine", ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
)
def test_a_collection_is_measured_and_its_run_written(collection, engine):
    out, run = StringIO(), collection / "run.txt"
    call_command("search_eval", collection, engine=engine, run=run, json=True, stdout=out)
    measures = json.loads(out.getvalue())
    assert measures["engine"] == engine
    assert measures["ndcg_at_10"] == 1.0 and measures["queries"] == 1
    assert run.read_text() == f"q1 Q0 d1 1 1 {engine}\n"


@pytest.mark.django_db
def test_measuring_leaves_the_portals_own_documents_alone(collection):
    from search.ledger.models import Projection

    before = list(Projection.objects.order_by("page_id").values_list("page_id", "digest"))
    call_command("search_eval", collection, engine="database", stdout=StringIO())
    assert before
    assert list(Projection.objects.order_by("page_id").values_list("page_id", "digest")) == before


@pytest.mark.django_db
def test_a_folder_without_a_collection_says_so(tmp_path):
    with pytest.raises(CommandError, match="holds no collection"):
        call_command("search_eval", tmp_path, engine="database")
