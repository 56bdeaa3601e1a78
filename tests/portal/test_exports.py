"""Every download of the editors' desk as CSV or XLSX: text stays text in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from audit_pages.models import FindingPage
from learning.exports import FICTIONAL
from learning.people.roles import Role
from search.reports.models import FruitlessSearch
from tests.portal.addresses import addresses_that_are_read

pytestmark = pytest.mark.django_db

CANARY = "=1+1"
A_WEEK = timedelta(days=7)
STARTS = ("=", "+", "-", "@", "\t", "\r")
HOLD_THE_CANARY = {
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "needs_attention",
    "search_fruitless_report",
    "wagtailredirects:index",
}
"""Downloads with words of ours in them; those of other lists have no columns."""


@pytest.fixture
def canaries(person: Any, page_at: Any, address_of: Any) -> None:
    """A page, a draft, a redirect and a search that a spreadsheet would reckon out."""
    live = FindingPage.objects.live().order_by("-pk").first()
    FindingPage.objects.filter(pk=live.pk).update(review_due_on=timezone.localdate() - A_WEEK)
    draft = page_at("/findings/waiting-for-its-check/")
    draft.title = CANARY
    draft.save_revision(user=person(Role.EDITOR), log_action=True)
    Page.objects.filter(pk__in=[live.pk, draft.pk]).update(
        title=CANARY, locked=True, locked_at=timezone.now()
    )
    Redirect.objects.create(old_path="/away", redirect_link=CANARY)
    for who in "ab":
        FruitlessSearch.objects.create(term=CANARY, asked_by=who, last_on=timezone.localdate())


def is_a_sheet(answer: Any) -> bool:
    return any(kind in answer.get("Content-Type", "") for kind in ("text/csv", "spreadsheetml"))


def cells_of(answer: Any) -> Iterator[Any]:
    """Every cell of a download, headings included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "csv" in answer["Content-Type"]:
        rows: Any = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    else:
        rows = openpyxl.load_workbook(io.BytesIO(body)).active.values
    for row in rows:
        yield from row


def test_no_cell_of_any_download_starts_a_formula(
    canaries: None, insider: Callable[[str], Client], address_of: Callable[[str, str], Any]
) -> None:
    escaped: dict[str, set[str]] = {"csv": set(), "xlsx": set()}
    live, silent = [], []
    for name, path in addresses_that_are_read(address_of).items():
        for export_format, names in escaped.items():
            answer = insider(name).get(path, {"export": export_format})
            if not is_a_sheet(answer):
                break
            cells = [cell for cell in cells_of(answer) if isinstance(cell, str)]
            if FICTIONAL not in cells:
                silent.append(f"{name}, {export_format}")
            live += [f"{name}: {cell}" for cell in cells if cell.startswith(STARTS)]
            if any(f"'{CANARY}" in cell for cell in cells):
                names.add(name)
    assert not live
    assert not silent
    assert escaped["csv"] == escaped["xlsx"] >= HOLD_THE_CANARY


@pytest.mark.parametrize("export_format", ["csv", "xlsx"])
def test_every_download_of_the_desk_says_in_the_demo_that_it_is_fictional(
    canaries: None,
    insider: Callable[[str], Client],
    address_of: Callable[[str, str], Any],
    settings: Any,
    export_format: str,
) -> None:
    path = addresses_that_are_read(address_of)["wagtailredirects:index"]
    client = insider("wagtailredirects:index")

    told = list(cells_of(client.get(path, {"export": export_format})))
    settings.PORTAL_IS_DEMO = False
    plain = list(cells_of(client.get(path, {"export": export_format})))

    assert told[0] == FICTIONAL
    assert [cell for cell in told[1:] if cell] == [cell for cell in plain if cell]
    assert f"'{CANARY}" in plain
