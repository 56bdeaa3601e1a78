"""Every address of the portal."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from audit_pages.media.views import serve_image
from portal import health, serving

urlpatterns = [
    path("health/", health.show, name="health"),
    path("accounts/", include("learning.people.urls")),
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="wagtailadmin_login",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", serve_image, name="media"),
    path("search/", include("search.urls")),
    path("my/", include("home.urls")),
    path("evidence/", include("learning.evidence.urls")),
    path("audits/", include("learning.urls")),
    path("", include("audit_pages.urls")),
    re_path(wagtail_urls.serve_pattern, serving.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
