"""Pages of one's own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit_pages.reading.selectors import bookmarked_pages
from home.models import HomePage
from home.selectors import my_work


def show_my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "home/my_work.html", my_work(request.user, request.GET.get("page")))


def show_bookmarks(request: HttpRequest) -> HttpResponse:
    return render(request, "home/bookmarks.html", {"bookmarks": bookmarked_pages(request.user)})


@login_not_required
def show_about(request: HttpRequest) -> HttpResponse:
    home = HomePage.objects.live().first()
    return render(request, "home/about.html", {"contact": home.contact if home else ""})
