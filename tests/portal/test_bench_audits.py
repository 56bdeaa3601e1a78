"""The parts of the benchmark that are about the audit itself: each measures what it says."""

from typing import Any

import pytest

from learning.models import AuditSubmission
from learning.people.roles import Role
from learning.reports.services import take_figures
from learning.selection.models import CaseFrame, SampledCase
from portal.benchmarks.inside.annex_a import workbook
from portal.benchmarks.inside.drawing import draw_from, import_frame
from portal.benchmarks.inside.reporting import FORMS, time_report
from portal.benchmarks.inside.writing import look_at_writers
from portal.benchmarks.parts import PARTS
from portal.benchmarks.parts.writing import measure_writing
from portal.benchmarks.run import Run
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_person,
    a_report,
    a_sampled_case,
    a_submission,
    parts_of_submission,
)
from tests.portal.test_bench import TINY, Borough, borough  # noqa: F401

AN_AUDIT_THAT_IS_READ = """
from tests.portal.test_bench_audits import an_audit_that_is_read
an_audit_that_is_read()
"""


def an_audit_that_is_read() -> AuditSubmission:
    """Two people have opened it and read."""
    cycle = a_cycle()
    pair = a_pair(cycle, a_person("Ada"), a_person("Grace"))
    submission = a_submission(a_sampled_case(cycle, worker=a_person("Wendy"), pair=pair))
    parts_of_submission(submission)
    return submission


def test_every_part_of_the_audit_can_be_chosen() -> None:
    assert {"autosave", "frame", "draw", "report"} <= PARTS.keys()
    assert not any(PARTS[name].needs_servers for name in ("autosave", "frame", "draw", "report"))


def test_a_workbook_in_the_shape_of_annex_a_is_read_and_loaded(db: None) -> None:
    seen = import_frame(rows=160, run=0)
    frame = CaseFrame.objects.get(draw__cycle__ref="2090-Q1")
    assert seen["rows"] == 160
    assert 80 < seen["cases"] == frame.cases.count() < 160  # some children are on several lists
    assert frame.form == "Annex A, 2019"
    assert len(frame.counts["lists"]) == 8
    assert seen["read"] > 0 < seen["load"]


def test_a_real_workbook_is_read_where_one_is_named(db: None, tmp_path: Any) -> None:
    file = tmp_path / "annex_a.xlsx"
    file.write_bytes(workbook(16))
    assert import_frame(rows=400, run=0, file=str(file))["rows"] == 16


def test_a_sample_is_drawn_from_all_and_comes_out_the_same_again(db: None) -> None:
    seen = draw_from(cases=900, run=1)
    drawn = SampledCase.objects.filter(cycle__ref="2191-Q1", state="drawn")
    assert drawn.count() == seen["drawn"] > 20
    assert seen["draw"] > 0 < seen["verify"]


def test_a_report_is_timed_in_every_form(db: None, person: Any) -> None:
    report = a_report(a_cycle(state="reporting"), state="assembling")
    take_figures(report=report, taken_by=person(Role.LEAD_QA))
    type(report).objects.update(state="with_boards", signed_at=report.begun_at)
    seen = time_report(times=1)
    assert seen.keys() == FORMS.keys()
    for of_form in seen.values():
        assert min(of_form["first"], of_form["later"]) > 0
        assert of_form["bytes"] > 1000


def test_two_writers_save_sections_of_their_own(db: None) -> None:
    submission = an_audit_that_is_read()
    first, second = look_at_writers()
    assert first["path"] != second["path"]
    assert first["cookie"] != second["cookie"]
    assert all(submission.case.ref in writer["path"] for writer in (first, second))
    assert min(len(words.split()) for words in first["boxes"].values()) > 200


@pytest.mark.elasticsearch
def test_saves_are_timed_while_two_write(borough: Borough) -> None:  # noqa: F811
    borough.stage.manage("shell", "-c", AN_AUDIT_THAT_IS_READ)
    figures = measure_writing(Run(borough, TINY, kinds=[borough.stage.kind]))
    by_name = {figure.name: figure for figure in figures}
    assert by_name["saves a second, two at once"].value > 0
    assert by_name["a save ÷ the barest answer, p50"].value > 1
    p50, p95 = (by_name[f"a save, two at once, p{share}"].value for share in (50, 95))
    assert 0 < p50 <= p95
