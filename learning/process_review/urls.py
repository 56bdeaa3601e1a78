from django.urls import path

from learning.process_review import step_views, views

app_name = "process_review"
urlpatterns = [
    path("", views.list_reviews, name="list"),
    path("cycles/<slug:cycle_ref>/", views.show_round, name="round"),
    path("cycles/<slug:cycle_ref>/ask/", step_views.ask, name="ask"),
    path("cycles/<slug:cycle_ref>/answer/", step_views.answer, name="answer"),
    path("decisions/<int:decision_id>/change/", step_views.link_change, name="link_change"),
    path("<int:year>/", views.show_review, name="show"),
    path("<int:year>/open/", step_views.open_review, name="open"),
    path("<int:year>/collect/", step_views.collect, name="collect"),
    path("<int:year>/decide/", step_views.decide, name="decide"),
    path("<int:year>/decided/", step_views.decided, name="decided"),
    path("<int:year>/finish/", step_views.finish, name="finish"),
    path("<int:year>/changes/", views.show_changes, name="changes"),
]
