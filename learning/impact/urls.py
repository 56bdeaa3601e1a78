from django.urls import path

from learning.impact import views

app_name = "impact"
urlpatterns = [
    path("", views.show_ledger, name="ledger"),
    path("<slug:recommendation_ref>/change/", views.record_change, name="record_change"),
    path("<slug:recommendation_ref>/plan/", views.plan, name="plan"),
    path("<slug:recommendation_ref>/assess/", views.assess, name="assess"),
]
