"""Addresses of search."""

from django.urls import path

from search.results import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("results.csv", views.results_csv, name="results_csv"),
    path("suggest/", views.suggest, name="suggest"),
]
