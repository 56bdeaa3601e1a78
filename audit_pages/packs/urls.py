"""Addresses of the packs, below /packs/."""

from django.urls import path

from audit_pages.packs import download_views, presentation_views, slide_views, views

app_name = "packs"
urlpatterns = [
    path("", views.show_packs, name="list"),
    path("new/", views.new_pack, name="new"),
    path("add/", slide_views.add_to_pack, name="add"),
    path("presented/", presentation_views.show_presentations, name="presentations"),
    path("presented/<int:presentation_id>/", presentation_views.change, name="presentation"),
    path(
        "briefings/<int:briefing_id>/presented/",
        presentation_views.record_for_briefing,
        name="present_briefing",
    ),
    path("<int:pack_id>/presented/", presentation_views.record_for_pack, name="present"),
    path("<int:pack_id>/", views.show_pack, name="pack"),
    path("<int:pack_id>/details/", views.edit_details, name="details"),
    path("<int:pack_id>/delete/", views.delete, name="delete"),
    path("<int:pack_id>/copy/", views.copy, name="copy"),
    path("<int:pack_id>/sharing/", views.share, name="share"),
    path("<int:pack_id>/sharing/<int:person_id>/end/", views.end_sharing, name="end_sharing"),
    path("<int:pack_id>/slides/", slide_views.add_written_slide, name="add_slide"),
    path("<int:pack_id>/slides/<int:slide_id>/", slide_views.edit_slide, name="slide"),
    path("<int:pack_id>/slides/<int:slide_id>/move/", slide_views.move, name="move"),
    path("<int:pack_id>/slides/<int:slide_id>/remove/", slide_views.remove, name="remove"),
    path("<int:pack_id>/slides/<int:slide_id>/put-back/", slide_views.put_back, name="put_back"),
    path("<int:pack_id>/powerpoint/", download_views.download_powerpoint, name="powerpoint"),
    path("<int:pack_id>/print/", download_views.show_printable, name="print"),
]
