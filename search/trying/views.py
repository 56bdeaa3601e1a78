"""The desk's forms for words: what a change does is shown before it is made."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from learning.vocabulary.versions import KeepFirstVersionMixin
from search.trying.changes import WORD_MODELS, Change
from search.trying.effects import effect_of

STEP, CONFIRM, BACK = "trying_step", "confirm", "back"
LOOKED_AT = "trying_looked_at"
OUR_OWN = {STEP, LOOKED_AT, "csrfmiddlewaretoken"}


def was_looked_at(request: HttpRequest, change: Change) -> bool:
    """Whether what is confirmed is what was shown: not when the words changed meanwhile."""
    return request.POST.get(LOOKED_AT) == change.mark()


def shown_first(change: Change, user: Any) -> dict[str, Any]:
    """What the page needs to show a change before it is made."""
    return {"effect": effect_of(change, user), "looked_at": change.mark()}


class TryFirstMixin:
    """A form whose valid words are tried and shown; a second press puts them into effect."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        change = Change(kept=(form.instance,))
        step = self.request.POST.get(STEP)
        if step == BACK:
            return self._form_again(form)
        if step == CONFIRM and was_looked_at(self.request, change):
            return super().form_valid(form)  # type: ignore[misc]
        if change.mark() == Change().mark():
            return super().form_valid(form)  # type: ignore[misc]
        return self._effect(form, change)

    def _form_again(self, form: Any) -> HttpResponse:
        self.form = form
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]

    def _effect(self, form: Any, change: Change) -> HttpResponse:
        """The page between the form and its effect; it carries the form along."""
        filled = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in OUR_OWN
            for value in values
        ]
        context = {
            "header_title": "What it changes",
            "words": form.instance,
            "filled": filled,
            "action_url": self.request.get_full_path(),
            "changed_meanwhile": self.request.POST.get(STEP) == CONFIRM,
            **shown_first(change, self.request.user),
        }
        return TemplateResponse(self.request, "search/trying/effect.html", context)


class WordsCreateView(TryFirstMixin, CreateView):
    """New words."""


class WordsEditView(TryFirstMixin, KeepFirstVersionMixin, EditView):
    """Words that are there already, and earlier versions of them that are put back."""


class AskOnceMoreMixin:
    """Deleting that first says what would be found otherwise; `_change` is what would go."""

    request: HttpRequest
    _change: Callable[[], Change]

    def form_valid(self, form: Any) -> HttpResponse:
        if was_looked_at(self.request, self._change()):
            return super().form_valid(form)  # type: ignore[misc]
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = shown_first(self._change(), self.request.user)
        return {**super().get_context_data(**kwargs), **shown}  # type: ignore[misc]


class WordsDeleteView(AskOnceMoreMixin, DeleteView):
    """Asks once more, and says what would be found otherwise."""

    template_name = "search/trying/confirm_delete.html"

    def _change(self) -> Change:
        return Change(gone=(self.object,))


class WordsBulkDelete(AskOnceMoreMixin, DeleteBulkAction):
    """The same for many at once; it takes the place of Wagtail's own for these models."""

    models = list(WORD_MODELS)
    template_name = "search/trying/confirm_bulk_delete.html"

    def _change(self) -> Change:
        return Change(gone=tuple(self.get_actionable_objects()[0]))


class SeeWhatItChanges(ActionMenuItem):
    """The button of the form, in the place of “Save”."""

    name = "action-try"
    template_name = "search/trying/button.html"


def see_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A hook of Wagtail's: forms of words lead to what they change."""
    if context["model"] in WORD_MODELS:
        menu_items[:] = [SeeWhatItChanges()]
