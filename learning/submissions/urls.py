from django.urls import path

from learning.submissions import (
    autosave_views,
    finishing_views,
    section_views,
    submit_views,
    talk_views,
    views,
)

app_name = "submissions"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<slug:submission_ref>/", views.show, name="show"),
    path("<slug:submission_ref>/open/", views.open_one, name="open"),
    path("<slug:submission_ref>/read/", views.read, name="read"),
    path("<slug:submission_ref>/about/", views.about, name="about"),
    path("<slug:submission_ref>/changes/", views.show_changes, name="changes"),
    path(
        "<slug:submission_ref>/sections/<slug:section_key>/", section_views.section, name="section"
    ),
    path(
        "<slug:submission_ref>/sections/<slug:section_key>/save/",
        autosave_views.autosave,
        name="autosave",
    ),
    path(
        "<slug:submission_ref>/sections/<slug:section_key>/here/",
        autosave_views.be_present,
        name="present",
    ),
    path(
        "<slug:submission_ref>/sections/<slug:section_key>/statements/",
        section_views.add,
        name="add_statement",
    ),
    path(
        "<slug:submission_ref>/statements/<int:statement_id>/remove/",
        section_views.remove,
        name="remove_statement",
    ),
    path("<slug:submission_ref>/questions/", talk_views.questions, name="questions"),
    path("<slug:submission_ref>/questions/agree/", talk_views.agree, name="agree"),
    path(
        "<slug:submission_ref>/questions/<int:question_id>/remove/",
        talk_views.remove_one_question,
        name="remove_question",
    ),
    path("<slug:submission_ref>/conversation/", talk_views.conversation, name="conversation"),
    path("<slug:submission_ref>/conversation/not-held/", talk_views.not_held, name="not_held"),
    path("<slug:submission_ref>/gaps/", talk_views.add_gap, name="add_gap"),
    path(
        "<slug:submission_ref>/gaps/<int:gap_id>/remove/", talk_views.remove_gap, name="remove_gap"
    ),
    path("<slug:submission_ref>/urgent/", submit_views.urgent, name="urgent"),
    path("<slug:submission_ref>/confirm/", submit_views.confirm, name="confirm"),
    path("<slug:submission_ref>/review/", finishing_views.review, name="review"),
    path("<slug:submission_ref>/share/", finishing_views.share, name="share"),
    path("<slug:submission_ref>/reply/", finishing_views.reply, name="reply"),
    path("<slug:submission_ref>/go-on/", finishing_views.go_on, name="go_on"),
    path("<slug:submission_ref>/complete/", finishing_views.complete, name="complete"),
    path("<slug:submission_ref>/lock/", finishing_views.lock, name="lock"),
    path("<slug:submission_ref>/addendum/", finishing_views.addendum, name="addendum"),
]
