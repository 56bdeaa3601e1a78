from django.urls import path

from learning.openings import views

app_name = "openings"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("break-glass/", views.open_at_once, name="break_glass"),
    path("ask/", views.ask, name="ask"),
    path("<int:opening_id>/", views.show, name="show"),
    path("<int:opening_id>/decide/", views.decide_one, name="decide"),
    path("<int:opening_id>/end/", views.end, name="end"),
]
