from django.urls import path

from learning.recommendations import decision_views, step_views, views

app_name = "recommendations"
urlpatterns = [
    path("", views.show_register, name="register"),
    path("csv/", views.download_register, name="download"),
    path("draft/<slug:submission_ref>/", step_views.draft, name="draft"),
    path("<slug:recommendation_ref>/", views.show_recommendation, name="show"),
    path("<slug:recommendation_ref>/change/", step_views.change, name="change"),
    path("<slug:recommendation_ref>/discard/", step_views.discard, name="discard"),
    path("<slug:recommendation_ref>/issue/", step_views.issue, name="issue"),
    path("<slug:recommendation_ref>/take-on/", step_views.take_on, name="take_on"),
    path("<slug:recommendation_ref>/update/", step_views.update, name="update"),
    path("<slug:recommendation_ref>/confirm/", step_views.confirm, name="confirm"),
    path("<slug:recommendation_ref>/verify/", step_views.verify, name="verify"),
    path("<slug:recommendation_ref>/close/", step_views.close, name="close"),
    path("<slug:recommendation_ref>/more-time/", decision_views.extend, name="extend"),
    path(
        "<slug:recommendation_ref>/more-time/decide/",
        decision_views.decide_extension,
        name="decide_extension",
    ),
    path(
        "<slug:recommendation_ref>/not-accepted/",
        decision_views.propose_non_acceptance,
        name="propose_non_acceptance",
    ),
    path(
        "<slug:recommendation_ref>/not-accepted/decide/",
        decision_views.decide_non_acceptance,
        name="decide_non_acceptance",
    ),
    path("<slug:recommendation_ref>/owner/", decision_views.hand_over, name="hand_over"),
    path("<slug:recommendation_ref>/superseded/", decision_views.supersede, name="supersede"),
    path("<slug:recommendation_ref>/pause/", decision_views.pause, name="pause"),
]
