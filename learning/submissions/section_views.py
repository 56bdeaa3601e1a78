"""Writing in one section by ordinary save, and the two texts side by side when both wrote."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning.events.steps import StepNotPossible
from learning.proforma.keys import OVERALL, WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.proforma.selectors import sections_for
from learning.programme.asking_again import asked_again_in
from learning.submissions.forms import SectionForm, StatementForm
from learning.submissions.grades import GradeRefused
from learning.submissions.guards import opened_or_404, page_of, section_or_404
from learning.submissions.hinting import hints_of_entry
from learning.submissions.models import AuditSubmission, EvaluativeStatement, SectionEntry
from learning.submissions.selectors import present_in, themes_stated_in
from learning.submissions.writing import (
    EntryConflict,
    Keep,
    SectionNotSkippable,
    SectionText,
    add_statement,
    kept_of_both,
    mark_present,
    remove_statement,
    save_entry,
)


def section(request: HttpRequest, submission_ref: str, section_key: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    chosen = section_or_404(submission, section_key)
    if section_key in WRITTEN_ELSEWHERE:
        return redirect(submission)
    mark_present(submission=submission, section=chosen, person=request.user)
    if request.method != "POST":
        return _page(request, submission, chosen)
    return _save(request, submission, chosen)


def _save(
    request: HttpRequest, submission: AuditSubmission, chosen: ProFormaSection
) -> HttpResponse:
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, chosen, form, status=422)
    try:
        save_entry(
            submission=submission,
            section=chosen,
            text=_text_to_save(request, submission, chosen, form),
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )
    except EntryConflict as conflict:
        return _both_texts(request, submission, chosen, conflict)
    except (GradeRefused, SectionNotSkippable, StepNotPossible) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, submission, chosen, form, status=422)
    messages.success(request, f"“{chosen.title}” is saved.")
    return redirect(_where_next(submission, chosen, request.POST.get("then", "")))


def _text_to_save(
    request: HttpRequest, submission: AuditSubmission, chosen: ProFormaSection, form: SectionForm
) -> SectionText:
    """What was typed; or, after both wrote, what the person chose to keep of the two texts."""
    entry = submission.entries.filter(section=chosen).first()
    if request.POST.get("keep") not in Keep.values or entry is None:
        return form.text()
    clashing = request.POST.getlist("clashing")
    return kept_of_both(entry, form.text(), clashing, Keep(request.POST["keep"]))


def _where_next(submission: AuditSubmission, chosen: ProFormaSection, then: str) -> str:
    """The same section again, or its neighbour if that was asked for."""
    neighbour = _neighbours(submission, chosen)["next"] if then == "next" else None
    return neighbour["url"] if neighbour else _address(submission, chosen.key)


def _address(submission: AuditSubmission, key: str) -> str:
    return reverse("submissions:section", args=[submission.case.ref, key])


def _page(
    request: HttpRequest,
    submission: AuditSubmission,
    chosen: ProFormaSection,
    form: SectionForm | None = None,
    statement_form: StatementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    entry = submission.entries.filter(section=chosen).select_related("written_by").first()
    context = page_of(
        submission,
        section=chosen,
        entry=entry,
        form=form or _form_of(entry),
        statement_form=statement_form
        or StatementForm(prefix="statement", likely=themes_stated_in(submission)),
        statements=_statements(entry),
        hints=hints_of_entry(submission, entry) if entry else [],
        is_overall=chosen.key == OVERALL,
        asked_again=asked_again_in(submission.case.cycle),
        present=[row.person for row in present_in(submission) if _is_other(row, request, chosen)],
        **_neighbours(submission, chosen),
    )
    return render(request, "learning/submissions/section.html", context, status=status)


def _form_of(entry: SectionEntry | None) -> SectionForm:
    version = entry.version if entry else 0
    return SectionForm(instance=entry, initial={"base_version": version})


def _statements(entry: SectionEntry | None) -> Any:
    if entry is None:
        return []
    return entry.statements.prefetch_related("themes").select_related("written_by")


def _is_other(row: Any, request: HttpRequest, chosen: ProFormaSection) -> bool:
    return row.section_id == chosen.pk and row.person_id != request.user.pk


def _neighbours(submission: AuditSubmission, chosen: ProFormaSection) -> dict[str, Any]:
    """The section before and the one after, for the links at the end of the page."""
    written = [
        section
        for section in sections_for(submission.form, submission.case.area)
        if section.key not in WRITTEN_ELSEWHERE
    ]
    place = written.index(chosen)
    return {
        "previous": _link(submission, written[place - 1]) if place else None,
        "next": _link(submission, written[place + 1]) if place + 1 < len(written) else None,
    }


def _link(submission: AuditSubmission, section: ProFormaSection) -> dict[str, str]:
    return {"title": section.title, "url": _address(submission, section.key)}


def _both_texts(
    request: HttpRequest,
    submission: AuditSubmission,
    chosen: ProFormaSection,
    conflict: EntryConflict,
) -> HttpResponse:
    """Both texts side by side, and what may be kept of them."""
    context = page_of(
        submission,
        section=chosen,
        conflict=conflict,
        clashes=[
            (SectionEntry.label_of(name), conflict.theirs[name], conflict.mine[name])
            for name in conflict.clashing
        ],
        choices=Keep.choices,
    )
    return render(request, "learning/submissions/both_texts.html", context, status=409)


@require_POST
def add(request: HttpRequest, submission_ref: str, section_key: str) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    chosen = section_or_404(submission, section_key)
    form = StatementForm(request.POST, prefix="statement", likely=themes_stated_in(submission))
    if not form.is_valid():
        return _page(request, submission, chosen, statement_form=form, status=422)
    try:
        add_statement(submission=submission, section=chosen, by=request.user, **form.cleaned_data)
    except (GradeRefused, StepNotPossible) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, submission, chosen, statement_form=form, status=422)
    messages.success(request, "The statement is added.")
    return redirect(_address(submission, section_key))


@require_POST
def remove(request: HttpRequest, submission_ref: str, statement_id: int) -> HttpResponse:
    submission = opened_or_404(request, submission_ref)
    statement = get_object_or_404(
        EvaluativeStatement.objects.select_related("entry__section"),
        pk=statement_id,
        entry__submission=submission,
    )
    section_key = statement.entry.section.key
    try:
        remove_statement(statement=statement, by=request.user)
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(submission, section_key))
