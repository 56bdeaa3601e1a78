"""Figures of eight cycles, and the reports that hold them, stay light to whoever opens them."""

from typing import Any

import pytest

from learning.people.roles import Role
from learning.reports.models import CycleReport
from portal.benchmarks.weight import MOST_BYTES
from tests.portal.demo_audits import audits  # noqa: F401

pytestmark = pytest.mark.django_db
MOST_BYTES_OF_A_REPORT = 160_000
"""Thirteen parts with their drawings and tables: a little more than a page that is read every day."""


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.LEAD_QA, Role.SENIOR_MANAGER])
def test_the_page_of_figures_is_light_with_eight_cycles(role: Role, sign_in: Any) -> None:
    page = sign_in(role).get("/audits/figures/")
    assert page.content.count(b"<table") > 5
    assert len(page.content) <= MOST_BYTES


def test_the_longest_report_is_light(sign_in: Any) -> None:
    client = sign_in(Role.LEAD_QA)
    pages = [client.get(report.get_absolute_url()) for report in CycleReport.objects.all()]
    assert len(pages) > 5
    assert {page.status_code for page in pages} == {200}
    assert max(len(page.content) for page in pages) <= MOST_BYTES_OF_A_REPORT
