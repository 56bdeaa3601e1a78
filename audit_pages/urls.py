"""The portal's own addresses beside the page tree."""

from django.urls import include, path

from audit_pages.pages import theme_views as themes
from audit_pages.reading import views as reading

app_name = "audit_pages"
urlpatterns = [
    path("packs/", include("audit_pages.packs.urls")),
    path("theme/<slug:code>/", themes.show, name="theme"),
    path("pages/<int:page_id>/bookmark/", reading.bookmark, name="bookmark"),
    path("pages/<int:page_id>/useful/", reading.useful, name="useful"),
]
