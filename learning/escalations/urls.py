from django.urls import path

from learning.escalations import step_views, views

app_name = "escalations"
urlpatterns = [
    path("", views.list_escalations, name="list"),
    path("<slug:escalation_ref>/", views.show_escalation, name="show"),
    path("<slug:escalation_ref>/convey/", step_views.convey, name="convey"),
    path("<slug:escalation_ref>/hand-over/", step_views.hand_over, name="hand_over"),
    path("<slug:escalation_ref>/acknowledge/", step_views.acknowledge, name="acknowledge"),
    path("<slug:escalation_ref>/report/", step_views.report, name="report"),
    path("<slug:escalation_ref>/verify/", step_views.verify, name="verify"),
    path("<slug:escalation_ref>/close/", step_views.close, name="close"),
    path("<slug:escalation_ref>/elsewhere/", step_views.refer, name="refer"),
    path("<slug:escalation_ref>/note/", step_views.note, name="note"),
]
