"""Every address of the house: Korean at /, English at /en/ under the same slugs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from channels_app.urls import CASE, TOKEN
from channels_app.views import cases
from desk.views import calendars
from mayors_office import urls as mayors_office_urls
from people.views import enrol
from seoul_portal import errors
from seoul_portal.views import account, health, metrics, pages

handler400 = "seoul_portal.errors.bad_request"
handler403 = "seoul_portal.errors.forbidden"
handler404 = "seoul_portal.errors.not_found"
handler500 = "seoul_portal.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path(
        "favicon.ico",
        RedirectView.as_view(url="/static/img/mark.svg", permanent=True),
        name="favicon",
    ),
    path("api/", include("channels_app.api.urls")),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("how-it-works/", pages.how_it_works, name="how_it_works"),
        path("channels/", pages.all_channels, name="channels"),
        path("rules/", pages.rulebook, name="rules"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("me/", pages.me, name="me"),
        path("me/data/", account.data, name="account_data"),
        path("me/data/download/", account.download, name="account_data_file"),
        path("me/data/delete/", account.delete, name="account_delete"),
        # One number for life: what comes after a message will answer here under the same code.
        re_path(rf"{CASE}$", cases.case, name="case"),
        path("dashboard/", include("mayors_office.urls")),
        path("", include("channels_app.urls")),
        # Calendars can't sign in: beside the officers' door, by a secret of its own.
        re_path(
            rf"^calendar/(?P<pk>\d{{1,18}})/{TOKEN}(?P<slug>[-\w]{{1,50}})\.ics$",
            calendars.due,
            name="calendar",
        ),
        path("accounts/enrol/<str:token>/", enrol, name="enrol"),
        path("accounts/", include("allauth.urls")),
        path("admin/", include("desk.urls")),
        path("admin/", include(mayors_office_urls.staff_urlpatterns)),
        # The admin's way from any key to its public page would tell the number of a private case.
        path("admin/r/<path:rest>", errors.nowhere),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
