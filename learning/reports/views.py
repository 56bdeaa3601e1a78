"""The list of reports, one report in each of its formats, and its summary."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.documents import PdfNotPossible
from learning.figures.showing import shown
from learning.reports.assembling import ReadReport, read_report, summary_parts
from learning.reports.documents import ADDED, as_csv, as_pdf, signed_words
from learning.reports.models import CycleReport
from learning.reports.permissions import user_can_add, user_can_sign, user_can_write, user_sits_on
from learning.reports.reaching import crumbs, report_for, summarised_report_for
from learning.reports.readiness import to_do_before_signing
from learning.reports.selectors import cycles_to_report, reports_to_list, summaries_to_list
from learning.reports.services import record_download
from learning.reports.word import as_docx


@needs(Right.READ_REPORT_SUMMARY)
def show_reports(request: HttpRequest) -> HttpResponse:
    context = {
        "reports": reports_to_list(request.user),
        "summaries": summaries_to_list(request.user),
        "to_begin": cycles_to_report() if holds(request.user, Right.WRITE_REPORT) else [],
        "may_keep_boards": holds(request.user, Right.KEEP_BOARDS),
        "may_oversee": holds(request.user, Right.OVERSEE),
        "may_see_figures": holds(request.user, Right.SEE_FIGURES),
        "breadcrumbs": crumbs()[:2],
    }
    return render(request, "learning/reports/list.html", context)


def show_report(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    report = report_for(request.user, cycle_ref)
    read = read_report(report)
    may_write = user_can_write(request.user, report)
    context = {
        "report": report,
        "read": read,
        "parts": [(part, shown(part.figures)) for part in read.parts],
        "boards": [(row, user_sits_on(request.user, row.board)) for row in read.considerations],
        "signed_words": signed_words(read),
        "may_write": may_write,
        "may_sign": user_can_sign(request.user, report),
        "may_answer": holds(request.user, Right.SIGN_REPORT),
        "missing": to_do_before_signing(report) if may_write else [],
        "added_title": ADDED,
        "may_add": user_can_add(request.user, report),
        "may_recommend": user_can_add(request.user, report) and not report.cycle.is_over,
        "contents": [{"title": p.heading, "anchor": p.part.anchor} for p in read.parts],
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/reports/report.html", context)


@needs(Right.READ_REPORT_SUMMARY)
def show_summary(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    report = summarised_report_for(request.user, cycle_ref)
    context = {
        "report": report,
        "parts": [(part, shown(part.figures)) for part in summary_parts(report)],
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/reports/summary.html", context)


Maker = Callable[[ReadReport, Any], bytes]


def _download(
    request: HttpRequest, cycle_ref: str, make: Maker, ending: str, kind: str
) -> HttpResponse:
    """The report as a file; that it was taken is logged."""
    report = report_for(request.user, cycle_ref)
    content = make(read_report(report), request.user)
    record_download(report=report, person=request.user)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(report)}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _file_name(report: CycleReport) -> str:
    return f"report-{report.cycle.ref}-{timezone.localdate():%Y-%m-%d}"


def download_csv(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    return _download(request, cycle_ref, as_csv, "csv", "text/csv; charset=utf-8")


def download_docx(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _download(request, cycle_ref, as_docx, "docx", kind)


def download_pdf(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    try:
        return _download(request, cycle_ref, as_pdf, "pdf", "application/pdf")
    except PdfNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report", cycle_ref)
