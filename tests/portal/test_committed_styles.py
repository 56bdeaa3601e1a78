"""What is compiled and committed keeps the promises of docs/looks.md."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

STATIC = Path(settings.BASE_DIR) / "portal" / "static" / "portal"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))
GOVUK_BRAND = ("GDS Transport", "#1d70b8", "#00703c", "#0f7a52", "#ffdd00", "#0b0c0c")


@pytest.mark.parametrize(("name", "kilobytes"), [("portal.css", 92), ("portal.js", 30)])
def test_a_page_stays_light(name, kilobytes):
    assert (STATIC / name).stat().st_size <= kilobytes * 1000


@pytest.mark.parametrize("name", ["portal.css", "portal.js"])
def test_nothing_comes_from_another_host(name):
    assert re.findall(r"url\(|@import|https?://\w", (STATIC / name).read_text()) == []


@pytest.mark.parametrize("mark", GOVUK_BRAND)
def test_nothing_of_the_govuk_brand_is_left(mark):
    assert mark.lower() not in (STATIC / "portal.css").read_text().lower()


def test_the_licence_stands_beside_the_styles():
    assert "LICENSE-govuk-frontend.txt" in (STATIC / "portal.css").read_text()[:400]
    assert "MIT License" in (STATIC / "LICENSE-govuk-frontend.txt").read_text()


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_can_be_read(path):
    assert get_template(str(path.relative_to(TEMPLATES)))
