from django.urls import path

from learning.feedback import step_views, views

app_name = "feedback"
ONE = "<slug:submission_ref>/<int:feedback_id>/"

urlpatterns = [
    path("", views.show_list, name="list"),
    path("<slug:submission_ref>/", views.show_case, name="case"),
    path("<slug:submission_ref>/add/", views.add, name="add"),
    path(ONE, views.show, name="show"),
    path(f"{ONE}safety/", views.safety, name="safety"),
    path(f"{ONE}try/", step_views.note_try, name="try"),
    path(f"{ONE}invite/", step_views.invite, name="invite"),
    path(f"{ONE}meeting/", step_views.meeting, name="meeting"),
    path(f"{ONE}end/", step_views.end, name="end"),
    path(f"{ONE}notes/", step_views.notes, name="notes"),
    path(f"{ONE}themes/", step_views.add_theme, name="add_theme"),
    path(f"{ONE}themes/<int:raised_id>/remove/", step_views.remove_theme, name="remove_theme"),
    path(f"{ONE}quotes/", step_views.add_quote, name="add_quote"),
    path(
        f"{ONE}quotes/<int:quote_id>/take-back/",
        step_views.take_quote_back,
        name="take_quote_back",
    ),
    path(f"{ONE}incorporate/", step_views.incorporate, name="incorporate"),
]
