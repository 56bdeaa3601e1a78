from django.urls import path

from learning.hours import views

app_name = "hours"
urlpatterns = [
    path("<slug:cycle_ref>/", views.show_own, name="own"),
    path("<slug:cycle_ref>/all/", views.show_cycle, name="cycle"),
]
