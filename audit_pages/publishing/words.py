"""The words of a page that readers would get, part by part, and their fingerprint."""

import hashlib
import json
import re
from html import unescape
from typing import Any

from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

WAGTAILS_OWN = ("title", "slug", "seo_title", "search_description")
_ATTRIBUTE = re.compile(r"""\b(?:href|alt|title|src|url)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


def words_of(page: Page) -> dict[str, str]:
    """What each field of the page says, by the field's name for people; empty ones are left out."""
    said = {}
    for field in page._meta.concrete_fields:
        if _is_read(field):
            said[str(field.verbose_name).capitalize()] = _text(field, field.value_from_object(page))
    return {name: text for name, text in said.items() if text.strip()}


def words_of_revision(revision: Revision) -> dict[str, str]:
    """The words that publishing this revision would make public."""
    return words_of(revision.as_object())


def fingerprint_of(words: dict[str, str]) -> str:
    """A check is of these words and no others."""
    canonical = json.dumps(words, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _is_read(field: Any) -> bool:
    is_own = field.model._meta.app_label != "wagtailcore" or field.name in WAGTAILS_OWN
    is_text = isinstance(field, models.TextField | models.CharField | StreamField)
    return is_own and is_text and not field.choices


def _text(field: Any, value: Any) -> str:
    if isinstance(field, StreamField):
        return "\n".join(str(part) for part in field.get_searchable_content(value))
    if isinstance(field, RichTextField):
        return _rich_text(value or "")
    return str(value or "")


def _rich_text(html: str) -> str:
    """The text as it is read, then what stands in links and pictures: an address may hide there."""
    from audit_pages.pages.base import text_of

    hidden = [unescape(double or single) for double, single in _ATTRIBUTE.findall(html)]
    return "\n".join([text_of(html), *(value for value in hidden if not value.isdigit())])
