"""“Withdraw and purge” in the editors' desk: a button beside the page, and a page that asks once more."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from audit_pages.pages.base import PublishedPage
from audit_pages.publishing.purging import NotPurgeable, purge_page, user_can_purge


class PurgeForm(forms.Form):
    """Why the page goes. The sentence stays in the record of events."""

    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In a sentence, without repeating the words that are the trouble. It is kept.",
    )


def show_purge(request: HttpRequest, page_id: int) -> HttpResponse:
    """Asks on GET, purges on POST."""
    if not user_can_purge(request.user):
        raise PermissionDenied
    page = get_object_or_404(PublishedPage, id=page_id).specific
    form = PurgeForm(request.POST or None)
    if form.is_valid() and _purged(request, page, form.cleaned_data["reason"]):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    context = {"page": page, "form": form, "has_pages_below": not page.is_leaf()}
    return render(request, "audit_pages/publishing/purge.html", context)


def _purged(request: HttpRequest, page: Page, reason: str) -> bool:
    try:
        purge_page(page=page, reason=reason, by=request.user)
    except NotPurgeable as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, "The page is withdrawn and its words are gone.")
    return True


@hooks.register("register_admin_urls")
def purge_url() -> list[Any]:
    return [path("pages/<int:page_id>/purge/", show_purge, name="purge_page")]


@hooks.register("register_page_listing_more_buttons")
def purge_button_in_lists(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if user_can_purge(user) and page.depth > 2 and page.is_leaf():
        yield Button(
            "Withdraw and purge",
            reverse("purge_page", args=[page.pk]),
            icon_name="cross",
            attrs={"class": "serious"},
            priority=45,
        )


@hooks.register("register_page_header_buttons")
def purge_button_in_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from purge_button_in_lists(page, user, next_url)
