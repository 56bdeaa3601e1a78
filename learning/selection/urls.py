"""Addresses of the draw and its cases, below /audits/."""

from django.urls import path

from learning.selection import case_views, draw_views, frame_views, pair_views

app_name = "selection"
urlpatterns = [
    path("draws/<slug:cycle_ref>/", draw_views.show_draw, name="draw"),
    path("draws/<slug:cycle_ref>/seed/", draw_views.promise_seed, name="promise_seed"),
    path("draws/<slug:cycle_ref>/load/", frame_views.load_frame, name="load_frame"),
    path("draws/<slug:cycle_ref>/columns/", frame_views.map_columns, name="map_columns"),
    path("draws/<slug:cycle_ref>/list/", frame_views.show_frame, name="frame"),
    path("draws/<slug:cycle_ref>/list/right/", frame_views.check_frame, name="check_frame"),
    path("draws/<slug:cycle_ref>/list/away/", frame_views.throw_frame_away, name="throw_away"),
    path("draws/<slug:cycle_ref>/list/leave-out/", frame_views.leave_out, name="leave_out"),
    path(
        "draws/<slug:cycle_ref>/list/<int:frame_case_id>/back/",
        frame_views.take_back,
        name="take_back",
    ),
    path("draws/<slug:cycle_ref>/list/apart/", frame_views.set_apart, name="set_apart"),
    path("draws/<slug:cycle_ref>/list/apart/back/", frame_views.put_back, name="put_back"),
    path("draws/<slug:cycle_ref>/sample/", draw_views.draw_sample, name="sample"),
    path("draws/<slug:cycle_ref>/confirm/", draw_views.confirm_draw, name="confirm_draw"),
    path("draws/<slug:cycle_ref>/certificate/", draw_views.show_certificate, name="certificate"),
    path(
        "draws/<slug:cycle_ref>/certificate.json",
        draw_views.download_certificate,
        name="certificate_file",
    ),
    path("samples/<slug:cycle_ref>/", case_views.show_cases, name="cases"),
    path("samples/<slug:cycle_ref>/tell/", case_views.tell_workers, name="tell_workers"),
    path("samples/<slug:cycle_ref>/pairs/", pair_views.allocate, name="allocate"),
    path("cases/<slug:case_ref>/", case_views.show_case, name="case"),
    path("cases/<slug:case_ref>/prepare/", case_views.prepare, name="prepare"),
    path("cases/<slug:case_ref>/worker/", case_views.name_worker, name="name_worker"),
    path("cases/<slug:case_ref>/pair/", pair_views.reallocate, name="reallocate"),
    path("cases/<slug:case_ref>/auditor/", pair_views.exchange, name="exchange"),
    path("cases/<slug:case_ref>/replace/", case_views.replace_case, name="replace"),
    path("cases/<slug:case_ref>/withdraw/", case_views.withdraw_case, name="withdraw"),
    path("cases/<slug:case_ref>/key/", case_views.look_up, name="key"),
]
