"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer
from learning.letters.models import GoodPracticeLetter


def letter_for(user: Any, ref: str) -> GoodPracticeLetter:
    """The letter, if this person may read it; 404 for missing and forbidden alike, each logged."""
    visible = GoodPracticeLetter.objects.visible_to(user)
    return reach(user, visible.select_related("worker", "writer", "cycle", "page"), ref=ref)


def crumbs(*letters: GoodPracticeLetter) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [{"title": "Home", "url": "/"}, {"title": "Letters", "url": reverse("letters:list")}]
    return trail + [{"title": row.ref, "url": row.get_absolute_url()} for row in letters]


def form_page(
    request: HttpRequest, form: Any, letter: GoodPracticeLetter | None, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    about = [letter] if letter else []
    context = {"form": form, "letter": letter, "breadcrumbs": crumbs(*about), **words}
    return form_answer(request, "learning/letters/step.html", context)
