"""Turns pages, themes and trends into what the components show."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from wagtail.models import Page

from audit_pages.panels import TrendTable
from learning.vocabulary.choices import StatementKind
from learning.vocabulary.models import Theme

register = template.Library()

LOOKS = {
    "quarterly": "learning",
    "imported_finding": "imported",
    "imported_source": "imported",
    "imported_year": "imported",
    "ground_rules": "guidance",
    "question_set": "guidance",
    "exemplar": "guidance",
    "glossary": "guidance",
}
"""Which of the components' colours a kind of page wears, where it is not its own name."""


@register.filter
def look(page: Page) -> str:
    """The colour family of a page."""
    kind = page.specific_class.kind
    return LOOKS.get(kind, kind)


@register.filter
def as_card(page: Page) -> dict[str, str]:
    """What `components/card.html` shows of a page."""
    quarter = getattr(page, "quarter", "")
    return {
        "title": page.title,
        "url": page.get_url() or "",
        "kind": look(page),
        "kind_label": page.specific_class.kind_label,
        "summary": getattr(page, "summary", ""),
        "foot": quarter,
    }


@register.filter
def as_cards(pages: Iterable[Page]) -> list[dict[str, str]]:
    return [as_card(page) for page in pages]


@register.filter
def as_links(pages: Iterable[Page]) -> list[dict[str, str]]:
    """What breadcrumbs and link lists show of pages."""
    return [
        {"title": page.title, "url": page.get_url() or "", "note": getattr(page, "quarter", "")}
        for page in pages
    ]


@register.filter
def as_result(page: Page) -> dict[str, Any]:
    """What `components/result_item.html` shows of a page that was not searched for."""
    themes = page.theme_list if hasattr(page, "theme_list") else []
    return {**as_card(page), "where": getattr(page, "quarter", ""), "themes": theme_links(themes)}


@register.filter
def theme_links(themes: Iterable[Theme]) -> list[dict[str, Any]]:
    return [
        {"title": theme.label, "url": theme_url(theme.code), "suggested": False} for theme in themes
    ]


@register.filter
def suggested_links(themes: Iterable[Theme]) -> list[dict[str, Any]]:
    return [{**link, "suggested": True} for link in theme_links(themes)]


@register.filter
@lru_cache(maxsize=500)
def theme_url(code: str) -> str:
    return reverse("audit_pages:theme", args=[code.lower()])


@register.filter
def as_contents(parts: Iterable[Any]) -> list[dict[str, str]]:
    return [{"title": part.heading, "anchor": part.anchor} for part in parts]


@register.filter
def as_summary_rows(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "value": value, "url": ""} for key, value in facts]


@register.filter
def as_chart(trend: TrendTable) -> dict[str, Any]:
    """What `components/chart.html` shows of a theme's trend: counts of pages, not of people.

    A finding with both strength and development counts in both bars.
    """
    both = trend.series.get(StatementKind.MIXED.label, [0] * len(trend.quarters))
    strengths = _with(trend, StatementKind.STRENGTH, both)
    developments = _with(trend, StatementKind.DEVELOPMENT_AREA, both)
    return {
        "id": "trend",
        "title": "How often it came up",
        "description": trend_in_words(trend),
        "note": "Published findings and letters. One that tells of both counts in both.",
        "row_heading": "Quarter",
        "series": ["Strengths", "Areas for development"],
        "largest": max([1, *strengths, *developments]),
        "rows": [
            {
                "label": quarter,
                "bars": [{"value": s, "text": str(s)}, {"value": d, "text": str(d)}],
            }
            for quarter, s, d in zip(trend.quarters, strengths, developments, strict=True)
        ],
    }


def _with(trend: TrendTable, kind: StatementKind, both: list[int]) -> list[int]:
    own = trend.series.get(kind.label, [0] * len(trend.quarters))
    return [a + b for a, b in zip(own, both, strict=True)]


def trend_in_words(trend: TrendTable) -> str:
    """The trend as a sentence, read in place of the bars."""
    total = sum(sum(counts) for counts in trend.series.values())
    if not trend.quarters or not total:
        return "It has not come up in the published findings of these quarters."
    by_quarter = [
        sum(counts[i] for counts in trend.series.values()) for i in range(len(trend.quarters))
    ]
    busiest = trend.quarters[by_quarter.index(max(by_quarter))]
    return (
        f"{total} published pages from {trend.quarters[0]} to {trend.quarters[-1]} carry this theme, "
        f"most of them in {busiest}."
    )
