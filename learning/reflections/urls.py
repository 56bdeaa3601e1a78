from django.urls import path

from learning.reflections import views

app_name = "reflections"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("record/", views.show_record, name="record"),
    path("record/word/", views.download_docx, name="download_docx"),
    path("record/pdf/", views.download_pdf, name="download_pdf"),
    path("shared/<int:reflection_id>/", views.show_shared, name="shared"),
    path("<slug:cycle_ref>/", views.write, name="write"),
    path("<slug:cycle_ref>/share/", views.share, name="share"),
    path("<slug:cycle_ref>/take-back/", views.take_back, name="take_back"),
]
