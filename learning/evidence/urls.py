from django.urls import path

from learning.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<int:page_id>/", views.show_page, name="page"),
    path("named/<int:evidence_id>/remove/", views.remove, name="remove"),
    path("audits/<slug:submission_ref>/readers/", views.show_readers, name="readers"),
    path(
        "audits/<slug:submission_ref>/readers/<int:grant_id>/end/",
        views.end_reader,
        name="end_reader",
    ),
]
