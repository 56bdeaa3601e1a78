from django.urls import path

from learning.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.show_figures, name="list"),
    path("csv/", views.download_figures, name="download"),
]
