from django.urls import path

from learning.proforma import building_views, version_views, views

app_name = "proforma"
urlpatterns = [
    path("", views.list_forms, name="list"),
    path("of/<slug:cycle_ref>/", version_views.choose_for_cycle, name="choose"),
    path("<slug:form_ref>/", views.show_version, name="show"),
    path("<slug:form_ref>/preview/", views.preview, name="preview"),
    path("<slug:form_ref>/compare/", views.show_comparison, name="compare"),
    path("<slug:form_ref>/new-version/", version_views.make_new_version, name="new_version"),
    path("<slug:form_ref>/offer/", version_views.offer, name="offer"),
    path("<slug:form_ref>/take-back/", version_views.take_back, name="take_back"),
    path("<slug:form_ref>/throw-away/", version_views.throw_away, name="throw_away"),
    path("<slug:form_ref>/add/", building_views.add, name="add"),
    path("<slug:form_ref>/bring-back/", building_views.bring_back, name="bring_back"),
    path("<slug:form_ref>/<slug:form_section>/", building_views.change, name="change"),
    path("<slug:form_ref>/<slug:form_section>/move/", building_views.move, name="move"),
    path("<slug:form_ref>/<slug:form_section>/remove/", building_views.remove, name="remove"),
]
