from django.urls import path

from learning.letters import step_views, views

app_name = "letters"
urlpatterns = [
    path("", views.list_letters, name="list"),
    path("nominate/<slug:submission_ref>/", step_views.nominate, name="nominate"),
    path("<slug:letter_ref>/", views.show_letter, name="show"),
    path("<slug:letter_ref>/frame/", views.show_for_frame, name="frame"),
    path("<slug:letter_ref>/writer/", step_views.choose_writer, name="choose_writer"),
    path("<slug:letter_ref>/write/", step_views.write, name="write"),
    path("<slug:letter_ref>/approve/", step_views.approve, name="approve"),
    path("<slug:letter_ref>/send/", step_views.send, name="send"),
    path("<slug:letter_ref>/send-back/", step_views.send_back, name="send_back"),
    path("<slug:letter_ref>/set-aside/", step_views.set_aside, name="set_aside"),
    path("<slug:letter_ref>/answer/", step_views.answer, name="answer"),
    path("<slug:letter_ref>/withdraw/", step_views.withdraw, name="withdraw"),
    path("<slug:letter_ref>/page/", step_views.begin_page, name="begin_page"),
]
