"""The disclosure check in the editors' desk: a button beside the page, the marked text, the checklist."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, Revision

from audit_pages.pages.base import PublishedPage
from audit_pages.publishing.disclosure import (
    CheckNotPassed,
    Found,
    check_disclosure,
    check_of,
    found_in,
    needs_disclosure_check,
    needs_words_of_consent,
    read_as_another,
    user_can_check_disclosure,
    user_can_open_check,
    user_can_read_as_another,
)
from audit_pages.publishing.disclosure_forms import DisclosureForm
from audit_pages.publishing.models import OwnWorkNotApproved, writers_since_last_approval
from audit_pages.publishing.submitting import remark
from audit_pages.publishing.words import fingerprint_of, words_of_revision

TEMPLATE = "audit_pages/publishing/disclosure.html"


def show_disclosure(request: HttpRequest, page_id: int) -> HttpResponse:
    """The marked text with its form, or with the check that was made; on POST the check, or a second
    reader's word."""
    page = _page(request, page_id)
    revision = page.get_latest_revision()
    if request.method == "POST" and "read" in request.POST:
        return _read(request, page, revision)
    words = words_of_revision(revision)
    found = found_in(words)
    form = _form(request, page, words, found)
    if form.is_bound and form.is_valid() and _checked(request, revision, form, words):
        return redirect("check_disclosure", page.pk)
    context = {
        "page": page,
        "form": form,
        "found": found,
        "has_to_go": [thing for thing in found if thing.span.is_blocking],
        "parts": [(part, marked(part, text, found)) for part, text in words.items()],
        "check": check_of(revision),
        "wrote": request.user.pk in writers_since_last_approval(page),
        "may_check": user_can_check_disclosure(request.user),
        "may_read_too": user_can_read_as_another(request.user),
    }
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, page_id: int) -> Any:
    if not user_can_open_check(request.user):
        raise PermissionDenied
    page = get_object_or_404(PublishedPage, id=page_id).specific
    if not needs_disclosure_check(page) or page.latest_revision_id is None:
        raise PermissionDenied
    return page


def _form(
    request: HttpRequest, page: Any, words: dict[str, str], found: list[Found]
) -> DisclosureForm:
    posted = request.POST if request.method == "POST" else None
    initial = {"words_digest": fingerprint_of(words)}
    asks_consent = needs_words_of_consent(page)
    return DisclosureForm(posted, found=found, asks_consent=asks_consent, initial=initial)


def _checked(
    request: HttpRequest, revision: Revision, form: DisclosureForm, words: dict[str, str]
) -> bool:
    if not user_can_check_disclosure(request.user):
        raise PermissionDenied
    if form.cleaned_data["words_digest"] != fingerprint_of(words):
        form.add_error(None, "The page was changed while you read it. Please read it again.")
        return False
    try:
        check_disclosure(
            revision=revision,
            reasons=form.reasons,
            answers=form.answers,
            traits=form.cleaned_data["traits"],
            consent=form.cleaned_data.get("consent", ""),
            checked_by=request.user,
        )
    except (CheckNotPassed, OwnWorkNotApproved) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "The check is kept with these words. Now approve the page.")
    return True


def _read(request: HttpRequest, page: Page, revision: Revision) -> HttpResponse:
    """One more person has read it."""
    check = check_of(revision)
    try:
        if check is not None:
            read_as_another(check=check, read_by=request.user)
            messages.success(request, "Thank you. It is kept that you read it too.")
    except OwnWorkNotApproved as refusal:
        messages.error(request, str(refusal))
    return redirect("check_disclosure", page.pk)


def marked(part: str, text: str, found: list[Found]) -> SafeString:
    """The part's text with everything that was found marked and numbered."""
    pieces, place = [], 0
    for number, thing in enumerate(found, start=1):
        if thing.part == part:
            kind = "block" if thing.span.is_blocking else "warn"
            pieces.append(
                (text[place : thing.span.start], kind, thing.words, number, thing.span.label)
            )
            place = thing.span.end
    before = format_html_join(
        "", '{}<mark class="disclosure-{}">{}</mark> <sup>({}: {})</sup>', pieces
    )
    return format_html("{}{}", before, text[place:])


@hooks.register("register_admin_urls")
def disclosure_url() -> list[Any]:
    return [path("pages/<int:page_id>/disclosure/", show_disclosure, name="check_disclosure")]


@hooks.register("register_page_header_buttons")
def disclosure_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if user_can_open_check(user) and needs_disclosure_check(page) and page.latest_revision_id:
        url = reverse("check_disclosure", args=[page.pk])
        yield Button("Disclosure check", url, icon_name="lock", priority=30)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def remark_on_what_was_found(request: HttpRequest, page: Page) -> None:
    """A message with how much was found and the way to it, when a page was kept as a draft or submitted."""
    revision = page.get_latest_revision()
    if revision is None or not needs_disclosure_check(page):
        return
    sentence = remark(found_in(words_of_revision(revision)))
    if sentence and user_can_open_check(request.user):
        see = messages.button(reverse("check_disclosure", args=[page.pk]), "See them in the text")
        messages.warning(request, sentence, buttons=[see])
