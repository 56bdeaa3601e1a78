from django.urls import path

from learning.spot_checks import step_views, views

app_name = "spot_checks"
urlpatterns = [
    path("", views.list_checks, name="list"),
    path("begin/", step_views.begin, name="begin"),
    path("rounds/<slug:round_ref>/", views.show_round, name="round"),
    path("rounds/<slug:round_ref>/draw/", step_views.draw, name="draw"),
    path("rounds/<slug:round_ref>/certificate/", views.download_certificate, name="certificate"),
    path("<slug:check_ref>/", views.show_check, name="show"),
    path("<slug:check_ref>/give/", step_views.give, name="give"),
    path("<slug:check_ref>/write/", step_views.write, name="write"),
    path("<slug:check_ref>/urgent/", step_views.urgent, name="urgent"),
    path("<slug:check_ref>/finish/", step_views.finish, name="finish"),
    path("<slug:check_ref>/review/", step_views.review, name="review"),
    path("<slug:check_ref>/set-aside/", step_views.set_aside, name="set_aside"),
    path("<slug:check_ref>/key/", step_views.look_up, name="key"),
]
