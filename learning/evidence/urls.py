from django.urls import path

from learning.evidence import views

app_name = "evidence"
urlpatterns = [
    path("<int:note_id>/", views.show_note, name="note"),
    path("<int:note_id>/share/", views.share_note, name="share"),
    path("<int:note_id>/share/<int:grant_id>/end/", views.unshare_note, name="unshare"),
]
