"""The pages of boards: who they are, what they made of a report, their questions, what came of their
decisions, what they oversee."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import posted, take
from learning.recommendations.forms import DraftForm
from learning.reports import considering
from learning.reports.board_models import Board, BoardConsideration, BoardQuestion
from learning.reports.forms import AnswerForm, AskForm, BoardForm, ConsiderForm
from learning.reports.permissions import user_can_consider
from learning.reports.reaching import consideration_for, crumbs, form_page
from learning.reports.selectors import boards_to_list, overseen, to_oversee
from learning.vocabulary.choices import RecommendationLevel

ROWS_A_PAGE = 50


@needs(Right.KEEP_BOARDS)
def show_boards(request: HttpRequest) -> HttpResponse:
    context = {"boards": boards_to_list(), "breadcrumbs": crumbs()}
    return render(request, "learning/reports/boards.html", context)


@needs(Right.KEEP_BOARDS)
def add_board(request: HttpRequest) -> HttpResponse:
    return _board(request, None, "Add a board")


@needs(Right.KEEP_BOARDS)
def change_board(request: HttpRequest, board_id: int) -> HttpResponse:
    board = get_object_or_404(Board, pk=board_id)
    return _board(request, board, f"Change {board}")


def _board(request: HttpRequest, board: Board | None, title: str) -> HttpResponse:
    form = BoardForm(request.POST or None, instance=board)
    if form.is_valid():
        saved = considering.keep_board(form=form, kept_by=request.user)
        messages.success(request, f"{saved} is saved.")
        return redirect("reports:boards")
    return form_page(request, form, title=title, button="Save")


@needs(Right.OVERSEE)
def show_oversight(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = Paginator(to_oversee(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": overseen(page, today),
        "today": today,
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/reports/oversight.html", context)


def _own(request: HttpRequest, consideration_id: int) -> BoardConsideration:
    """The row, for somebody who sits on its board."""
    consideration = consideration_for(request.user, consideration_id)
    if not user_can_consider(request.user, consideration.board):
        raise PermissionDenied("Only somebody who sits on this board does this.")
    return consideration


def consider(request: HttpRequest, consideration_id: int) -> HttpResponse:
    """What the board made of the report."""
    consideration = _own(request, consideration_id)
    report = consideration.report
    form = ConsiderForm(request.POST or None)
    if take(
        form,
        lambda: considering.record_consideration(
            consideration=consideration, recorded_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, f"What {consideration.board} made of it is recorded.")
        return redirect(f"{report.get_absolute_url()}#boards")
    title = f"What {consideration.board} made of the report"
    text = "Record it after the meeting. It does not change after that."
    return form_page(request, form, report, title=title, text=text, button="Record it")


def ask(request: HttpRequest, consideration_id: int) -> HttpResponse:
    """A question of the board to the lead."""
    consideration = _own(request, consideration_id)
    report = consideration.report
    form = AskForm(request.POST or None)
    if take(
        form,
        lambda: considering.ask_question(
            consideration=consideration, asked_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The lead sees your question and answers it here.")
        return redirect(f"{report.get_absolute_url()}#boards")
    title = f"Put a question for {consideration.board}"
    return form_page(request, form, report, title=title, button="Ask")


@needs(Right.SIGN_REPORT)
def answer(request: HttpRequest, board_question_id: int) -> HttpResponse:
    """The lead's answer."""
    related = BoardQuestion.objects.select_related("consideration__board", "consideration__report")
    question = get_object_or_404(related, pk=board_question_id)
    report = question.consideration.report
    form = AnswerForm(request.POST or None)
    if take(
        form,
        lambda: considering.answer_question(
            question=question, answered_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The board sees your answer beside its question.")
        return redirect(f"{report.get_absolute_url()}#boards")
    title = f"Answer {question.consideration.board}"
    return form_page(request, form, report, title=title, text=question.text, button="Answer")


@needs(Right.ADD_TO_REPORT)
def recommend(request: HttpRequest, consideration_id: int) -> HttpResponse:
    """A recommendation out of what a board decided, beginning with its minute."""
    consideration = consideration_for(request.user, consideration_id)
    report = consideration.report
    if not consideration.is_considered:
        messages.warning(request, f"{consideration.board} has decided nothing yet.")
        return redirect(report)
    start = {"level": RecommendationLevel.ORGANISATIONAL, "action": consideration.minute}
    form = DraftForm(posted(request), of_one_case=False, initial=start)
    if take(
        form,
        lambda: considering.open_recommendation(
            consideration=consideration, opened_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "The recommendation is drafted. It counts once it is issued.")
        return redirect(f"{report.get_absolute_url()}#boards")
    day = f"{consideration.considered_on:%-d %B %Y}"
    return form_page(
        request,
        form,
        report,
        title="Open a recommendation",
        text=f"Out of what {consideration.board} decided on {day}. What should be done begins with its "
        "minute: make it one thing.",
        button="Save the draft",
        template="learning/reports/recommend.html",
    )
