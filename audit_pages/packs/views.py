"""Pages on which packs are begun, shown, shared and let go."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit_pages.packs import services
from audit_pages.packs.characters import writable
from audit_pages.packs.forms import AddSlideForm, DetailsForm, ShareForm, StartForm
from audit_pages.packs.guards import ask_first, crumbs, makers_only, own_pack, readers_only
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.permissions import (
    packs_visible_to,
    possible_readers,
    user_can_make_packs,
)
from audit_pages.packs.presenting import presentations_of, presented_by
from audit_pages.packs.review_day import start_review_day
from audit_pages.packs.selectors import packs_for, steps_of
from audit_pages.packs.wording import marks_of_front
from learning.access.doors import holds
from learning.access.matrix import Right
from learning.people.models import StaffMember

MOST_PRESENTED = 20
"""Of one's own under “My packs”, the newest."""

# --- Lists and beginnings ---------------------------------------------------------------------


@readers_only
def show_packs(request: HttpRequest) -> HttpResponse:
    own, shared = packs_for(request.user)
    context = {
        "own": own,
        "shared": shared,
        "can_make": user_can_make_packs(request.user),
        "presented": presented_by(request.user)[:MOST_PRESENTED],
        "can_see_presented": holds(request.user, Right.SEE_PRESENTATIONS),
    }
    return render(request, "audit_pages/packs/list.html", {**context, "breadcrumbs": crumbs()[:1]})


@makers_only
def new_pack(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST or None, user=request.user)
    if form.is_valid():
        pack = _started(request.user, form)
        messages.success(request, f"“{pack.title}” is yours to fill.")
        return _where_to_look(pack)
    context = {"form": form, "breadcrumbs": crumbs()}
    return render(request, "audit_pages/packs/new.html", context)


def _started(user: Any, form: StartForm) -> Pack:
    details = {name: form.cleaned_data[name] for name in ("title", "quarter", "theme")}
    if form.cleaned_data["start_from"] == StartForm.REVIEW_DAY:
        return start_review_day(owner=user, **details)
    return services.start_pack(owner=user, **details)


def _where_to_look(pack: Pack) -> HttpResponse:
    """The pack; first its title again, if somebody could be known by it."""
    return (
        redirect("audit_pages:packs:details", pack.pk) if marks_of_front(pack) else redirect(pack)
    )


@readers_only
def show_pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The builder for the owner; the same list, to read, for those whom the owner named."""
    pack = get_object_or_404(packs_visible_to(request.user).select_related("owner"), pk=pack_id)
    steps = steps_of(pack, request.user)
    context = {
        "pack": pack,
        "steps": steps,
        "flagged": [step for step in steps if step.is_flagged],
        "can_make": user_can_make_packs(request.user),
        "presented": presentations_of(pack),
        "breadcrumbs": crumbs(),
    }
    if pack.owner_id != request.user.pk:
        return render(request, "audit_pages/packs/pack.html", context)
    removed = request.GET.get("removed", "")
    context |= {
        "add_form": AddSlideForm(),
        "readers": pack.shared_with.all(),
        "removed": _removed_slide(pack, removed) if removed.isdecimal() else None,
    }
    return render(request, "audit_pages/packs/builder.html", context)


def _removed_slide(pack: Pack, slide_id: str) -> Slide | None:
    return pack.slides.filter(pk=int(slide_id), removed_at__isnull=False).first()


# --- The pack as a whole ----------------------------------------------------------------------


@makers_only
def edit_details(request: HttpRequest, pack_id: int) -> HttpResponse:
    pack = own_pack(request, pack_id)
    form = DetailsForm(request.POST or None, instance=pack)
    if form.is_valid():
        return _where_to_look(form.save())
    pack.refresh_from_db()
    marks = [] if form.is_bound else marks_of_front(pack)
    context = {"form": form, "pack": pack, "marks": marks, "breadcrumbs": crumbs(pack)}
    return render(request, "audit_pages/packs/details.html", context)


@makers_only
def delete(request: HttpRequest, pack_id: int) -> HttpResponse:
    pack = own_pack(request, pack_id)
    if request.method == "POST":
        services.delete_pack(pack=pack, deleted_by=request.user)
        messages.success(request, f"“{pack.title}” has been deleted.")
        return redirect("audit_pages:packs:list")
    return ask_first(
        request,
        pack,
        title=f"Delete “{pack.title}”?",
        text="The pack and everything that you wrote in it goes, for you and for those you shared it "
        "with. The pages that it shows stay as they are.",
        confirm_label="Delete this pack",
        danger=True,
    )


@require_POST
@makers_only
def copy(request: HttpRequest, pack_id: int) -> HttpResponse:
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    copied = services.copy_pack(pack=pack, copied_by=request.user)
    messages.success(request, "This is your own copy. What you change here changes nobody else's.")
    return redirect(copied)


@makers_only
def share(request: HttpRequest, pack_id: int) -> HttpResponse:
    """Colleagues found by name, to be ticked; those who read it already are listed below."""
    pack = own_pack(request, pack_id)
    name = writable(request.GET.get("name", "")).strip()
    readers = pack.shared_with.all()
    found = _found_by(name, pack).exclude(pk__in=readers.values("pk"))
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    form = ShareForm(request.POST or None, people=_one_page(found, page, request))
    if form.is_valid():
        new = services.share_pack(
            pack=pack, with_people=form.cleaned_data["people"], shared_by=request.user
        )
        messages.success(request, _shared_words(new))
        return redirect("audit_pages:packs:share", pack.pk)
    context = {"form": form, "pack": pack, "name": name, "found": page, "readers": readers}
    return render(request, "audit_pages/packs/share.html", {**context, "breadcrumbs": crumbs(pack)})


def _found_by(name: str, pack: Pack) -> Any:
    """Possible readers in whose name each of the words occurs."""
    people = possible_readers(pack)
    for word in name.split():
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people


def _one_page(found: Any, page: Any, request: HttpRequest) -> Any:
    """Whom the form offers: this page's people; when it comes back, all who were found."""
    if request.method == "POST":
        return found
    return StaffMember.objects.filter(pk__in=[person.pk for person in page])


def _shared_words(new: list[StaffMember]) -> str:
    names = " and ".join(str(person) for person in new) or "nobody new"
    return f"Shared with {names}. They find it under “My packs”, and can read and download it."


@require_POST
@makers_only
def end_sharing(request: HttpRequest, pack_id: int, person_id: int) -> HttpResponse:
    pack = own_pack(request, pack_id)
    person = get_object_or_404(pack.shared_with, pk=person_id)
    services.stop_sharing(pack=pack, with_person=person, stopped_by=request.user)
    messages.success(request, f"{person} no longer sees this pack.")
    return redirect("audit_pages:packs:share", pack.pk)
