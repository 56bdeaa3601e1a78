"""Addresses of the programme, below /audits/. They come last there: a cycle's reference fits any word."""

from django.urls import path

from learning.programme import part_views, team_views, views

app_name = "programme"
urlpatterns = [
    path("", views.show_programme, name="list"),
    path("plan/", views.plan_year, name="plan_year"),
    path("preparation/", team_views.show_readiness, name="readiness"),
    path("preparation/<int:person_id>/", team_views.record_readiness, name="record_readiness"),
    path("years/<int:year>/cycles/", views.add_cycle, name="add_cycle"),
    path("years/<int:year>/preparation/", team_views.review_preparation, name="review_preparation"),
    path("<slug:cycle_ref>/", views.show_cycle, name="cycle"),
    path("<slug:cycle_ref>/steps/<slug:step>/", views.take_step, name="step"),
    path("<slug:cycle_ref>/plan-again/", views.resume, name="resume"),
    path("<slug:cycle_ref>/people/", views.edit_people, name="people"),
    path("<slug:cycle_ref>/days/", views.move_days, name="days"),
    path(
        "<slug:cycle_ref>/days/<int:day_number>/timetable/", views.edit_timetable, name="timetable"
    ),
    path("<slug:cycle_ref>/focus/", views.edit_focus, name="focus"),
    path(
        "<slug:cycle_ref>/countdown/<int:countdown_task_id>/done/",
        views.finish_task,
        name="finish_task",
    ),
    path("<slug:cycle_ref>/team/", team_views.show_team, name="team"),
    path("<slug:cycle_ref>/team/add/", team_views.add_member, name="add_member"),
    path(
        "<slug:cycle_ref>/team/<int:team_member_id>/remove/",
        team_views.remove_member,
        name="remove_member",
    ),
    path("<slug:cycle_ref>/team/<int:team_member_id>/links/", team_views.show_links, name="links"),
    path("<slug:cycle_ref>/pairs/", team_views.make_pair, name="make_pair"),
    path("<slug:cycle_ref>/pairs/<int:pair_id>/why/", team_views.explain_pair, name="explain_pair"),
    path(
        "<slug:cycle_ref>/pairs/<int:pair_id>/apart/",
        team_views.dissolve_pair,
        name="dissolve_pair",
    ),
    path("<slug:cycle_ref>/my-part/", part_views.show_part, name="my_part"),
    path("<slug:cycle_ref>/my-part/offer/", part_views.volunteer, name="volunteer"),
    path("<slug:cycle_ref>/my-part/withdraw/", part_views.withdraw, name="withdraw"),
    path("<slug:cycle_ref>/my-part/links/", part_views.declare_links, name="declare_links"),
    path("<slug:cycle_ref>/my-part/reading/", part_views.acknowledge, name="acknowledge"),
]
