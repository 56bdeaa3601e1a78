"""The addresses of the audit itself; each room has its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("recommendations/", include("learning.recommendations.urls")),
    path("impact/", include("learning.impact.urls")),
    path("family-feedback/", include("learning.feedback.urls")),
    path("retention/", include("learning.retention.urls")),
    path("openings/", include("learning.openings.urls")),
    path("submissions/", include("learning.submissions.urls")),
    path("escalations/", include("learning.escalations.urls")),
    path("plenaries/", include("learning.plenaries.urls")),
    path("hours/", include("learning.hours.urls")),
    path("reflections/", include("learning.reflections.urls")),
    path("letters/", include("learning.letters.urls")),
    path("spot-checks/", include("learning.spot_checks.urls")),
    path("process-review/", include("learning.process_review.urls")),
    path("forms/", include("learning.proforma.urls")),
    path("figures/", include("learning.figures.urls")),
    path("", include("learning.reports.urls")),
    path("", include("learning.selection.urls")),
    path("", include("learning.programme.urls")),  # the last: a reference fits any word
]
