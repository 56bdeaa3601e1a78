"""The list of letters, one letter, and the letter for a frame."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learning.access.work import next_and_others
from learning.letters.consent import first_day_out
from learning.letters.models import GoodPracticeLetter
from learning.letters.next_steps import actions_for, what_comes
from learning.letters.permissions import user_can_answer, user_sees_nomination
from learning.letters.reaching import crumbs, letter_for
from learning.letters.services import note_reading
from learning.letters.story import why_sent_back

ROWS_A_PAGE = 50


def list_letters(request: HttpRequest) -> HttpResponse:
    letters = GoodPracticeLetter.objects.visible_to(request.user)
    page = Paginator(letters, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "learning/letters/list.html", {"page": page, "breadcrumbs": crumbs()[:1]}
    )


def show_letter(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    note_reading(letter=letter, reader=request.user)
    sees_nomination = user_sees_nomination(request.user, letter)
    context = {
        "letter": letter,
        "is_own": user_can_answer(request.user, letter),
        "why_sent_back": why_sent_back(letter) if sees_nomination else "",
        "sees_nomination": sees_nomination,
        "first_day_out": first_day_out(letter) if letter.has_consent else None,
        "what_comes": what_comes(letter),
        **next_and_others(actions_for(request.user, letter)),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/letters/letter.html", context)


def show_for_frame(request: HttpRequest, letter_ref: str) -> HttpResponse:
    letter = letter_for(request.user, letter_ref)
    context = {"letter": letter, "breadcrumbs": crumbs(letter)}
    return render(request, "learning/letters/frame.html", context)
