"""The desk's form of a page: what may be submitted, and that approving it changes nothing."""

import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from audit_pages.publishing.disclosure import Found, found_in, is_searched_for_what_has_to_go
from audit_pages.publishing.models import NotApproved
from audit_pages.publishing.words import words_of

SUBMITTING = ("action-submit", "action-restart-workflow")
"""The buttons of the desk that send a page into its workflow."""

_KEY_OF_PARAGRAPH = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')


class HasToGo(NotApproved):
    """Words that have to go were about to be submitted."""


class PublishedPageForm(WagtailAdminPageForm):
    """Refuses to submit what has to go, with the words, and to approve what the approver changed; a draft
    may be kept as it is."""

    @cached_property
    def changed_data(self) -> list[str]:
        """Fields that say something else than before.

        The editor gives each paragraph a key and an empty field a paragraph. Were that a change, whoever
        approves would have written a revision, and would be no second person any more.
        """
        return [name for name in super().changed_data if not self._reads_the_same(name)]

    def _reads_the_same(self, name: str) -> bool:
        field = self[name]
        return _as_read(field.field, field.initial) == _as_read(field.field, field.data)

    def _post_clean(self) -> None:
        super()._post_clean()
        if any(button in self.data for button in SUBMITTING):
            has_to_go = what_has_to_go(self.instance)
            if has_to_go:
                self.add_error(None, refusal(has_to_go))
        if is_approving(self.data) and self.has_changed():
            self.add_error(
                None,
                "It is not approved: you changed the words. Save them as a draft, and somebody who "
                "did not write on the page approves it; or open the page again to approve it as it stands.",
            )


def _as_read(field: Any, value: Any) -> str:
    """The field's value without what the editor adds, to compare it."""
    block = getattr(field, "block", None)
    stored = block.get_prep_value(value) if block else value
    text = json.dumps(stored, sort_keys=True, default=str)
    return _KEY_OF_PARAGRAPH.sub("", text).replace("<p></p>", "")


def is_approving(sent: Any) -> bool:
    """Whether this form of the desk was sent by an “Approve” button."""
    return "action-workflow-action" in sent and sent.get("workflow-action-name") == "approve"


def back_to_my_work(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After an approval the way leads to “My work”: a second person need not have a right to the desk's
    list of pages."""
    if not is_approving(request.POST):
        return None
    messages.success(request, f"“{page.get_admin_display_title()}” is approved.")
    return redirect("home:my_work")


def what_has_to_go(page: Page) -> list[Found]:
    """What stands in the page's words and can go before no second person."""
    if not is_searched_for_what_has_to_go(page):
        return []
    return [thing for thing in found_in(words_of(page)) if thing.span.is_blocking]


def refusal(has_to_go: list[Found]) -> str:
    """Which words, what they are and what to do, to the writer."""
    named = "; ".join(
        f"{thing.part}: “{thing.words}” ({thing.span.label_inside}). {thing.span.advice}"
        for thing in has_to_go
    )
    return f"It is not submitted: some words have to go first. You can keep it as a draft. {named}"


def remark(found: list[Found]) -> str:
    """How much was found, without the words, for the message after a save; empty where there is nothing."""
    if not found:
        return ""
    going = sum(thing.span.is_blocking for thing in found)
    counts = [f"{going} that {'has' if going == 1 else 'have'} to go"] if going else []
    if len(found) > going:
        counts.append(f"{len(found) - going} that may stay with a reason")
    return f"These words could give somebody away: {' and '.join(counts)}."


def refuse_what_has_to_go(page: Any) -> None:
    """`HasToGo` where a workflow is begun with such words by another way than the desk's form."""
    has_to_go = what_has_to_go(page)
    if has_to_go:
        raise HasToGo(refusal(has_to_go))
