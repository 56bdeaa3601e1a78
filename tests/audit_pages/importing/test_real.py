"""The inspectors' findings as they were published: every line of the real file."""

import os
from pathlib import Path
from typing import Any

import pytest

from audit_pages.importing.models import ThemeTag
from tests.audit_pages.importing.conftest import approve, pages_of

pytestmark = [pytest.mark.real, pytest.mark.django_db]

LINES = 3340
OFSTED = "Ofsted, as a test loads it"


def findings_file() -> Path:
    return Path(os.environ["PORTAL_REAL_DATA"]) / "findings" / "ofsted_findings.jsonl"


def test_all_findings_go_in_and_live_and_running_again_changes_nothing(
    load: Any, lead: Any
) -> None:
    path = findings_file()

    report = load(path, source=OFSTED)

    assert (report["rows_read"], report["created"], report["rejected"]) == (LINES, LINES, 0)
    assert approve(report["batch"], lead)["published"] == LINES
    assert pages_of(OFSTED).filter(live=True).count() == LINES
    again = load(path, source=OFSTED)
    assert (again["unchanged"], again["batch"]) == (LINES, report["batch"])
    assert "Crown copyright" in pages_of(OFSTED).first().attribution


def test_most_findings_get_a_suggestion_and_none_more_than_four(load: Any) -> None:
    load(findings_file(), source=OFSTED)

    tags = ThemeTag.objects.filter(page__in=pages_of(OFSTED)).values_list("page_id", flat=True)

    assert len(set(tags)) > LINES * 0.6
    assert max(list(tags).count(page_id) for page_id in list(set(tags))[:300]) <= 4


def test_titles_and_addresses_are_fit_to_be_seen(load: Any) -> None:
    load(findings_file(), source=OFSTED)

    for page in pages_of(OFSTED):
        assert 3 < len(page.title) <= 110
        assert page.slug == page.reference.lower()
        assert page.get_parent().title == str(page.dated_on.year)
        assert page.authority == page.authority.strip() != ""
