"""The button beside a page, or a trend, that puts it into one of the reader's packs."""

from typing import Any

from django import template
from django.urls import reverse
from wagtail.models import Page

from audit_pages.packs.content import is_packable
from audit_pages.packs.permissions import user_can_make_packs
from audit_pages.packs.selectors import packs_to_add_to
from learning.vocabulary.models import Theme

register = template.Library()
BUTTON = "audit_pages/packs/add_button.html"


@register.inclusion_tag(BUTTON, takes_context=True)
def add_to_pack(context: Any, page: Page) -> dict[str, Any]:
    """`{% add_to_pack page %}`: nothing for pages that do not go into packs, or readers without them."""
    return _button(context, is_packable(page), "page", str(page.pk), page.title)


@register.inclusion_tag(BUTTON, takes_context=True)
def add_trend_to_pack(context: Any, theme: Theme) -> dict[str, Any]:
    """`{% add_trend_to_pack page.theme %}`: beside the chart of a theme."""
    return _button(context, True, "trend", theme.code, f"trend of {theme.label}")


@register.inclusion_tag("audit_pages/packs/record_response.html", takes_context=True)
def record_response(context: Any, page: Page) -> dict[str, Any]:
    """`{% record_response page %}`: below a briefing, for those who present it to a team (domain.md D6)."""
    if not user_can_make_packs(context["request"].user):
        return {"url": ""}
    return {"url": reverse("audit_pages:packs:present_briefing", args=[page.pk])}


def _button(context: Any, fits: bool, name: str, value: str, title: str) -> dict[str, Any]:
    user = context["request"].user
    if not fits or not user_can_make_packs(user):
        return {"is_offered": False}
    return {
        "is_offered": True,
        "csrf_token": context.get("csrf_token"),
        "action": reverse("audit_pages:packs:add"),
        "fields": [{"name": name, "value": value}],
        "packs": packs_to_add_to(user),
        "title": title,
        "button_id": f"pack-for-{name}-{value.lower()}",
    }
