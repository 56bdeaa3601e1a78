from django.urls import path

from learning.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("draw-up/", views.draw_up, name="draw_up"),
    path("lists/<int:disposal_id>/", views.show_list, name="list"),
    path("lists/<int:disposal_id>/check/", views.check, name="check"),
    path("lists/<int:disposal_id>/approve/", views.approve, name="approve"),
    path("lists/<int:disposal_id>/set-aside/", views.set_aside, name="set_aside"),
    path("hold/", views.hold, name="hold_back"),
    path("holds/<int:hold_id>/", views.show_hold, name="hold"),
    path("holds/<int:hold_id>/end/", views.end, name="end_hold"),
]
