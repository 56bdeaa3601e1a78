from django.urls import path

from learning.plenaries import views

app_name = "plenaries"
urlpatterns = [
    path("<slug:cycle_ref>/", views.show_plenary, name="cycle"),
    path("<slug:cycle_ref>/wall/", views.show_for_wall, name="wall"),
    path("<slug:cycle_ref>/recommend/", views.recommend, name="recommend"),
    path("<slug:cycle_ref>/nothing/", views.state_nothing, name="nothing"),
    path("<slug:cycle_ref>/<int:day_number>/", views.write, name="write"),
    path("<slug:cycle_ref>/<int:day_number>/add/", views.add, name="add"),
]
