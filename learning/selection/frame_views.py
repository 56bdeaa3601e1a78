"""Pages of the list that a sample is drawn from: load it, look at it, leave cases out, set some apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.taking import ask_first, say_what_came, tried
from learning.programme.guards import cycle_or_404
from learning.programme.models import AuditCycle
from learning.selection import draw_selectors, leaving_out, loading
from learning.selection.files import ColumnsNeeded, read_file, remember_columns, signature_of
from learning.selection.forms import ColumnsForm, FileForm, LeaveOutForm, PutBackForm, SetApartForm
from learning.selection.frames.mapped import FORM, header_of
from learning.selection.frames.sheets import Sheet, read_sheets
from learning.selection.guards import draw_crumbs
from learning.selection.keys import case_with_number
from learning.selection.models import FrameCase
from learning.selection.states import SelectionRoute
from learning.spreadsheets import UnreadableFile


@needs(Right.DRAW)
def load_frame(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Choose a file; what was understood of it is shown next, before it counts. `?columns=again` asks for the
    columns of a plain table also where they are remembered."""
    cycle = cycle_or_404(cycle_ref)
    map_again = request.GET.get("columns") == "again"
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        try:
            if tried(form, lambda: _load(cycle, content, request.user, map_again=map_again)):
                return redirect("selection:frame", cycle_ref=cycle.ref)
        except ColumnsNeeded as needed:
            return _ask_for_columns(request, cycle, ColumnsForm(titles=needed.titles))
    return _file_page(request, cycle, form, map_again=map_again)


def _load(cycle: AuditCycle, content: bytes, loaded_by: Any, **how: Any) -> None:
    loading.load_frame(cycle=cycle, read=read_file(content, **how), loaded_by=loaded_by)


def _file_page(
    request: HttpRequest, cycle: AuditCycle, form: FileForm, *, map_again: bool = False
) -> HttpResponse:
    context = {
        "cycle": cycle,
        "form": form,
        "map_again": map_again,
        "breadcrumbs": draw_crumbs(cycle),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/selection/load.html", context, status=status)


def _ask_for_columns(request: HttpRequest, cycle: AuditCycle, form: ColumnsForm) -> HttpResponse:
    context = {"cycle": cycle, "form": form, "breadcrumbs": draw_crumbs(cycle)}
    return render(request, "learning/selection/columns.html", context, status=422)


@require_POST
@needs(Right.DRAW)
def map_columns(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Load a plain table by the columns that were chosen, and remember them by its header."""
    cycle = cycle_or_404(cycle_ref)
    chosen = FileForm(request.POST, request.FILES)
    if not chosen.is_valid():
        return _file_page(request, cycle, chosen)
    content = chosen.cleaned_data["file"]
    try:
        sheet = _table(content)
    except UnreadableFile as refusal:
        chosen.add_error("file", str(refusal))
        return _file_page(request, cycle, chosen)
    form = ColumnsForm(request.POST, request.FILES, titles=header_of(sheet))
    if not form.is_valid():
        return _ask_for_columns(request, cycle, form)
    columns = form.columns()
    if not tried(form, lambda: _load(cycle, content, request.user, columns=columns)):
        return _ask_for_columns(request, cycle, form)
    remember_columns(signature=signature_of(sheet), columns=columns, mapped_by=request.user)
    return redirect("selection:frame", cycle_ref=cycle.ref)


def _table(content: bytes) -> Sheet:
    """The sheet of a plain workbook that holds most rows."""
    return max(read_sheets(content), key=lambda sheet: len(sheet.rows))


@needs(Right.SEE_DRAW)
def show_frame(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """What was understood of the file, what was left out, and whether the rows add up."""
    cycle = cycle_or_404(cycle_ref)
    frame = draw_selectors.frame_of(draw_selectors.draw_of(cycle))
    context: dict[str, Any] = {"cycle": cycle, "frame": frame, "breadcrumbs": draw_crumbs(cycle)}
    if frame is not None:
        context |= {
            "understood": draw_selectors.understood(frame),
            "left_out": draw_selectors.left_out_by_hand(frame),
            "is_mapped": frame.form == FORM,
            "may_change": holds(request.user, Right.DRAW) and not frame.draw.drawn_at,
        }
    return render(request, "learning/selection/frame.html", context)


@require_POST
@needs(Right.DRAW)
def check_frame(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    frame = draw_selectors.frame_of(draw_selectors.draw_of(cycle))
    if frame is not None:
        say_what_came(
            request,
            lambda: loading.check_frame(frame=frame, checked_by=request.user),
            "The list is ready to be drawn from.",
        )
    return redirect("selection:draw", cycle_ref=cycle.ref)


@needs(Right.DRAW)
def throw_frame_away(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    frame = draw_selectors.frame_of(draw_selectors.draw_of(cycle))
    if request.method == "POST" and frame is not None:
        say_what_came(
            request,
            lambda: loading.throw_frame_away(frame=frame, thrown_by=request.user),
            "The list and its numbers are gone. Load another.",
        )
    if request.method == "POST":
        return redirect("selection:draw", cycle_ref=cycle.ref)
    return ask_first(
        request,
        draw_crumbs(cycle),
        title="Throw this list away?",
        text="All cases of the list and their numbers are deleted. The seed stays as it was fixed.",
        confirm_label="Throw it away",
        danger=True,
    )


@needs(Right.DRAW)
def leave_out(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Say that a case must not be drawn, and why."""
    cycle = cycle_or_404(cycle_ref)
    form = LeaveOutForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: _leave_out(cycle, form, request.user)):
        messages.success(request, "The case cannot be drawn any more.")
        return redirect("selection:frame", cycle_ref=cycle.ref)
    context = {
        "title": "Leave a case out of the draw",
        "text": "For example because a court has restricted it, or its worker is away.",
        "button": "Leave it out",
        "form": form,
        "cancel_url": draw_crumbs(cycle)[-1]["url"],
        "breadcrumbs": draw_crumbs(cycle),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/form.html", context, status=status)


def _leave_out(cycle: AuditCycle, form: LeaveOutForm, excluded_by: Any) -> None:
    draw = draw_selectors.draw_of(cycle)
    case = case_with_number(draw, form.cleaned_data["council_id"]) if draw else None
    if case is None:
        raise loading.FrameNotLoadable("No case of the list has this number.")
    leaving_out.exclude_case(
        case=case,
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        excluded_by=excluded_by,
    )


@require_POST
@needs(Right.DRAW)
def take_back(request: HttpRequest, cycle_ref: str, frame_case_id: int) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    case = get_object_or_404(FrameCase, pk=frame_case_id, frame__draw__cycle=cycle)
    say_what_came(
        request,
        lambda: leaving_out.take_back_exclusion(case=case, taken_back_by=request.user),
        "The case can be drawn again.",
    )
    return redirect("selection:frame", cycle_ref=cycle.ref)


@needs(Right.DRAW)
def set_apart(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Give cases of the theme, or for a re-audit, a stratum of their own."""
    cycle = cycle_or_404(cycle_ref)
    form = SetApartForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: _set_apart(request, cycle, form)):
        return redirect("selection:frame", cycle_ref=cycle.ref)
    context = {
        "title": "A stratum of their own",
        "text": "Themed and re-audit cases are drawn at random too, among themselves, and are never counted "
        "together with the others.",
        "button": "Put them there",
        "form": form,
        "cancel_url": draw_crumbs(cycle)[-1]["url"],
        "breadcrumbs": draw_crumbs(cycle),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/form.html", context, status=status)


def _set_apart(request: HttpRequest, cycle: AuditCycle, form: SetApartForm) -> None:
    frame = draw_selectors.frame_of(draw_selectors.draw_of(cycle))
    if frame is None:
        raise loading.FrameNotLoadable("Load the list first.")
    found, unknown = leaving_out.set_apart(
        frame=frame,
        council_ids=form.cleaned_data["council_ids"],
        route=SelectionRoute(form.cleaned_data["route"]),
        reason=form.cleaned_data["reason"],
        set_by=request.user,
    )
    words = f" {unknown} of the numbers could not be found." if unknown else ""
    messages.success(request, f"{found} cases stand in a stratum of their own.{words}")


@require_POST
@needs(Right.DRAW)
def put_back(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    frame = draw_selectors.frame_of(draw_selectors.draw_of(cycle))
    form = PutBackForm(request.POST)
    if frame is not None and form.is_valid():
        route = SelectionRoute(form.cleaned_data["route"])
        say_what_came(
            request,
            lambda: leaving_out.put_back(frame=frame, route=route, put_back_by=request.user),
            "They stand among the random ones again. Look at the list, and say that it is right.",
        )
    return redirect("selection:frame", cycle_ref=cycle.ref)
