"""Awkward words go in and come out as they are, and are shown, never obeyed."""

import html
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import escape

from audit_pages.importing.reading import read_file
from audit_pages.importing.rows import CleanRow
from tests.audit_pages.importing.conftest import approve, finding, page_of, pages_of

AWKWARD = [
    "<script>alert('planted')</script>",
    '"><img src=x onerror=alert(1)> {{ 7|add:7 }} {% now "Y" %}',
    "</textarea></title><svg/onload=alert(1)>",
    '=HYPERLINK("http://example.invalid","press")',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "'; DROP TABLE audit_pages_importbatch; --",
    "‮right to left‬ and \u2066isolated\u2069",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "👨‍👩‍👧‍👦 🇬🇧 ﷽ \U0001f3f4",
    "\u200b\u200b\ufeff",
    "\x01\x02\x07\x08\x0e\x1b\x7f control",
    "&lt;b&gt; is not bold &amp; neither is &#60;i&#62;",
    "C:\\new\\table %s %d {0} ${HOME} `id` $(id)",
    "NULL",
    "1e309",
]

needs_database = pytest.mark.django_db


def words_back(stored: str) -> str:
    """The text that a stored finding stands for."""
    text = re.sub(r"</p><p>", "\n\n", stored.removeprefix("<p>").removesuffix("</p>"))
    return html.unescape(text.replace("<br/>", "\n"))


@needs_database
def test_awkward_words_are_kept_as_they_are(json_lines: Any, load: Any) -> None:
    rows = [finding(n, text, council=text[:40], section=text) for n, text in enumerate(AWKWARD)]

    report = load(json_lines(*rows))

    assert report["created"] == len(AWKWARD)
    kept = pages_of().order_by("reference")
    assert [words_back(page.text) for page in kept] == AWKWARD
    assert all(page.title.strip() for page in kept)


@needs_database
def test_awkward_words_are_shown_and_not_obeyed(
    json_lines: Any, load: Any, lead: Any, client_of: Any
) -> None:
    text = AWKWARD[0] + " " + AWKWARD[1]
    rows = finding(1, text, council=text[:100], section=text)
    approve(load(json_lines(rows))["batch"], lead)
    page = page_of("EX001")

    for address in (page.get_url(), page.get_parent().get_url()):
        shown = client_of(lead).get(address).content.decode()
        assert "alert(" in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;" in shown


@needs_database
def test_titles_hold_nothing_that_turns_the_page_round(json_lines: Any, load: Any) -> None:
    load(json_lines(finding(1, AWKWARD[6]), finding(2, AWKWARD[9])))

    assert page_of("EX001").title == "right to left and isolated"
    assert page_of("EX002").title == "Finding EX002"


# --- The real ones --------------------------------------------------------------------------------
def naughty_folder() -> Path:
    return Path(os.environ["PORTAL_REAL_DATA"]) / "naughty"


@pytest.mark.real
@needs_database
def test_every_naughty_string_passes_through_unharmed(
    json_lines: Any, load: Any, lead: Any, client_of: Any
) -> None:
    strings = json.loads((naughty_folder() / "blns.json").read_text(encoding="utf-8"))
    payloads = (naughty_folder() / "payloadbox_csv.txt").read_text(encoding="utf-8").splitlines()
    texts = [text for text in [*strings, *payloads] if text.strip()]
    assert len(texts) > 500

    report = load(json_lines(*[finding(n, text) for n, text in enumerate(texts)]))

    assert report["created"] == len(texts)
    kept = {page.reference: words_back(page.text) for page in pages_of()}
    for number, text in enumerate(texts):
        assert kept[f"EX{number:03}"] == text.strip(" \t\n\xa0").replace("\r", "\n")
    assert approve(report["batch"], lead)["published"] == len(texts)
    _assert_shown_escaped(client_of(lead), texts)


def _assert_shown_escaped(client: Any, texts: list[str]) -> None:
    looked_at = 0
    for number, text in enumerate(texts):
        if "<" in text:
            response = client.get(page_of(f"EX{number:03}").get_url())
            assert response.status_code == 200
            first = text.strip().split("\n")[0]
            assert (
                escape(first)
                in response.content.decode().replace("&quot;", '"').replace("&#x27;", "'")
                or html.escape(first, quote=False) in response.content.decode()
            )
            looked_at += 1
    assert looked_at > 50


@pytest.mark.real
def test_awkward_csv_files_are_read_as_their_expected_values() -> None:
    folder = naughty_folder() / "csv-spectrum"
    compared = 0
    for path in sorted(folder.glob("*.csv")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if path.stem == "location_coordinates":  # its JSON tells of another row
            (row,) = read_file(path.read_bytes(), columns={"text": "Location Coordinates"}).rows
            assert row.text.endswith('17.9"W')
            continue
        for column in expected[0]:
            rows = read_file(path.read_bytes(), name=path.name, columns={"text": column}).rows
            for row, values in zip(rows, expected, strict=True):
                wanted = values[column].replace("\r\n", "\n").strip(" \n")
                if wanted:
                    assert isinstance(row, CleanRow)
                    assert row.text == wanted
                    compared += 1
    assert compared > 20
