"""The pages on which a report comes about: begin, write, take figures, answer, sign, add."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import posted, press, take
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.reports import services
from learning.reports.assembling import earlier_with_answers
from learning.reports.forms import AddendumForm, AnswerEarlierForm, PartForm, SignForm
from learning.reports.models import CycleReport, ReportPart
from learning.reports.parts import PART_NUMBERS, part_numbered
from learning.reports.reaching import crumbs, form_page, report_for
from learning.reports.readiness import to_do_before_signing, to_look_at_again
from learning.reports.refusals import PartHasChanged, ReportNotPossible
from learning.reports.selectors import quotes_to_use


@needs(Right.WRITE_REPORT)
@require_POST
def begin(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = get_object_or_404(AuditCycle, ref=cycle_ref)
    try:
        report = services.begin_report(cycle=cycle, begun_by=request.user)
    except ReportNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:list")
    messages.success(request, "The report is begun. Take its figures, and write its parts.")
    return redirect(report)


@needs(Right.WRITE_REPORT)
@require_POST
def take_figures(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    report = report_for(request.user, cycle_ref)
    return press(
        request,
        report,
        lambda: services.take_figures(report=report, taken_by=request.user),
        "The figures are taken as they stand today, and stay as they are.",
    )


@needs(Right.WRITE_REPORT)
def write_part(request: HttpRequest, cycle_ref: str, number: int) -> HttpResponse:
    """One part; when somebody else has saved it meanwhile, both texts are shown and nothing is lost."""
    report = report_for(request.user, cycle_ref)
    if number not in PART_NUMBERS:
        raise Http404
    if report.is_signed:
        messages.warning(request, "The report is signed and does not change any more.")
        return redirect(report)
    part = part_numbered(number)
    written = ReportPart.objects.select_related("written_by").get(report=report, number=number)
    form = PartForm(request.POST or None, initial={"text": written.text}, part=part)
    if form.is_valid() and _saved_part(request, report, number, form):
        messages.success(request, f"Part {number} is saved.")
        return redirect(f"{report.get_absolute_url()}#{part.anchor}")
    title = f"{part.number}. {part.title}"
    return form_page(
        request,
        form,
        report,
        template="learning/reports/part.html",
        title=title,
        written=written,
        part=part,
        quotes=quotes_to_use(request.user, report.cycle) if part.has_quotes else [],
        button="Save this part",
    )


def _saved_part(request: HttpRequest, report: CycleReport, number: int, form: PartForm) -> bool:
    """Whether it is saved. If not, the page shows what somebody else wrote, and the next try begins there."""
    version = request.POST.get("version", "")
    is_number = version.isascii() and version.isdecimal() and len(version) < 10
    began_from = int(version) if is_number else -1
    try:
        services.write_part(
            report=report,
            number=number,
            text=form.cleaned_data["text"],
            version=began_from,
            written_by=request.user,
        )
    except PartHasChanged as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@needs(Right.WRITE_REPORT)
def answer_earlier(request: HttpRequest, cycle_ref: str, recommendation_ref: str) -> HttpResponse:
    """What the report says of one earlier recommendation that is not settled."""
    report = report_for(request.user, cycle_ref)
    recommendation = get_object_or_404(
        Recommendation.objects.visible_to(request.user), ref=recommendation_ref
    )
    answer = report.answers.filter(recommendation=recommendation).first()
    form = AnswerEarlierForm(
        request.POST or None, initial={"words": answer.words if answer else ""}
    )
    if take(
        form,
        lambda: services.answer_earlier(
            report=report,
            recommendation=recommendation,
            words=form.cleaned_data["words"],
            written_by=request.user,
        ),
    ):
        messages.success(request, f"The report says where {recommendation} stands.")
        return redirect("reports:earlier", report.cycle.ref)
    return form_page(
        request,
        form,
        report,
        title=f"Where {recommendation} stands",
        text=f"It is “{recommendation.get_state_display().lower()}”, due on "
        f"{recommendation.due_date:%-d %B %Y}.",
        button="Save",
    )


@needs(Right.WRITE_REPORT)
def list_earlier(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Recommendations of earlier cycles that are not settled, and what the report says of each."""
    report = report_for(request.user, cycle_ref)
    rows = earlier_with_answers(report)
    context = {"report": report, "rows": rows, "breadcrumbs": crumbs(report)}
    return render(request, "learning/reports/earlier.html", context)


@needs(Right.SIGN_REPORT)
def sign(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """What is missing, what is marked, and the signature."""
    report = report_for(request.user, cycle_ref)
    if report.is_signed:
        messages.warning(request, "The report is signed already.")
        return redirect(report)
    marked = to_look_at_again(report)
    form = SignForm(request.POST or None, has_marks=bool(marked))
    if take(
        form,
        lambda: services.sign_report(report=report, signed_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The report is signed. The cycle can go to its boards.")
        return redirect(report)
    return form_page(
        request,
        form,
        report,
        template="learning/reports/sign.html",
        title="Sign the report",
        report=report,
        missing=to_do_before_signing(report),
        marked=marked,
        button="Sign it",
    )


@needs(Right.ADD_TO_REPORT)
def add(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """What a lead adds to a signed report."""
    report = report_for(request.user, cycle_ref)
    if not report.is_signed:
        messages.warning(request, "The report is not signed yet: change its parts.")
        return redirect(report)
    form = AddendumForm(posted(request))
    if take(
        form,
        lambda: services.add_to_report(report=report, written_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "It stands in the report, with your name and the day.")
        return redirect(f"{report.get_absolute_url()}#added")
    return form_page(
        request,
        form,
        report,
        title="Add something to the report",
        text="What was signed stays as it is. Boards that have yet to settle it are told.",
        button="Add it",
    )
