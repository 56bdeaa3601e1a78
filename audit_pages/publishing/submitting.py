"""Before a page goes to its second person: what could give somebody away is named to whoever writes it."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from audit_pages.publishing.disclosure import Found, found_in, is_searched_for_what_has_to_go
from audit_pages.publishing.models import NotApproved
from audit_pages.publishing.words import words_of

SUBMITTING = ("action-submit", "action-restart-workflow")
"""The buttons of the desk that send a page into its workflow."""


class HasToGo(NotApproved):
    """Words that have to go were about to be submitted."""


class PublishedPageForm(WagtailAdminPageForm):
    """Refuses to submit what has to go, with the words; a draft may be kept as it is."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if any(button in self.data for button in SUBMITTING):
            has_to_go = what_has_to_go(self.instance)
            if has_to_go:
                self.add_error(None, refusal(has_to_go))


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
