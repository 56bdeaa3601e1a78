"""Addresses of reports and boards, below /audits/."""

from django.urls import path

from learning.reports import board_views, views, writing_views

app_name = "reports"
urlpatterns = [
    path("reports/", views.show_reports, name="list"),
    path("reports/<slug:cycle_ref>/", views.show_report, name="report"),
    path("reports/<slug:cycle_ref>/summary/", views.show_summary, name="summary"),
    path("reports/<slug:cycle_ref>/csv/", views.download_csv, name="download_csv"),
    path("reports/<slug:cycle_ref>/docx/", views.download_docx, name="download_docx"),
    path("reports/<slug:cycle_ref>/pdf/", views.download_pdf, name="download_pdf"),
    path("reports/<slug:cycle_ref>/begin/", writing_views.begin, name="begin"),
    path("reports/<slug:cycle_ref>/figures/", writing_views.take_figures, name="take_figures"),
    path("reports/<slug:cycle_ref>/part/<int:number>/", writing_views.write_part, name="part"),
    path("reports/<slug:cycle_ref>/earlier/", writing_views.list_earlier, name="earlier"),
    path(
        "reports/<slug:cycle_ref>/earlier/<slug:recommendation_ref>/",
        writing_views.answer_earlier,
        name="answer_earlier",
    ),
    path("reports/<slug:cycle_ref>/sign/", writing_views.sign, name="sign"),
    path("reports/<slug:cycle_ref>/add/", writing_views.add, name="add"),
    path("boards/", board_views.show_boards, name="boards"),
    path("boards/add/", board_views.add_board, name="add_board"),
    path("boards/<int:board_id>/", board_views.change_board, name="change_board"),
    path("boards/considerations/<int:consideration_id>/", board_views.consider, name="consider"),
    path("boards/considerations/<int:consideration_id>/ask/", board_views.ask, name="ask"),
    path(
        "boards/considerations/<int:consideration_id>/recommend/",
        board_views.recommend,
        name="recommend",
    ),
    path("boards/questions/<int:board_question_id>/", board_views.answer, name="answer"),
    path("oversight/", board_views.show_oversight, name="oversight"),
]
