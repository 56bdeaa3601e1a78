"""Pages of one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit_pages.reading.selectors import bookmarked_pages
from home.selectors import my_work


def show_my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "home/my_work.html", my_work(request.user))


def show_bookmarks(request: HttpRequest) -> HttpResponse:
    return render(request, "home/bookmarks.html", {"bookmarks": bookmarked_pages(request.user)})
