"""Every address of the house: Korean at /, English at /en/ under the same slugs."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from channels_app.urls import CASE, TOKEN
from channels_app.views import hooks, wall
from desk.views import calendars
from mayors_office import urls as mayors_office_urls
from mayors_office.views import opendata, record
from people.views import enrol
from seoul_portal import errors
from seoul_portal.views import (
    account,
    case_record,
    health,
    metrics,
    numbers,
    operations,
    pages,
    sitemap,
)

handler400 = "seoul_portal.errors.bad_request"
handler403 = "seoul_portal.errors.forbidden"
handler404 = "seoul_portal.errors.not_found"
handler500 = "seoul_portal.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(
        "robots.txt",
        TemplateView.as_view(
            template_name="robots.txt",
            content_type="text/plain",
            extra_context={"site": settings.SITE_URL},
        ),
        name="robots",
    ),
    path(
        "push.js",  # at the root, for a browser lets it speak for no page above its own
        TemplateView.as_view(template_name="push/worker.js", content_type="text/javascript"),
        name="push_worker",
    ),
    path(
        "favicon.ico",
        RedirectView.as_view(url="/static/img/mark.svg", permanent=True),
        name="favicon",
    ),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-cases-<int:part>.xml", sitemap.cases, name="sitemap_cases"),
    path("api/", include("suggestions.api.urls")),
    path("api/", include("channels_app.api.urls")),
    path("opendata/", include(mayors_office_urls.file_urlpatterns)),
    path("live/wall.json", wall.wall_now, name="wall_now"),
    re_path(r"^hooks/(?P<door>[0-9a-f]{32})/$", hooks.hook, name="hook"),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("how-it-works/", pages.how_it_works, name="how_it_works"),
        path("channels/", pages.all_channels, name="channels"),
        path("rules/", pages.rulebook, name="rules"),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("opendata/", opendata.page, name="opendata"),
        path("opendata/record/", record.page, name="record"),
        path("opendata/record/feed.atom", record.feed, name="record_feed"),
        path("me/", pages.me, name="me"),
        path("me/data/", account.data, name="account_data"),
        path("me/data/download/", account.download, name="account_data_file"),
        path("me/data/delete/", account.delete, name="account_delete"),
        # One number for life: a message, and the suggestion it became, under the same code.
        re_path(rf"{CASE}$", numbers.case, name="case"),
        re_path(rf"{CASE}feed\.atom$", numbers.feed, name="case_feed"),
        re_path(rf"{CASE}{TOKEN}$", numbers.case_private, name="case_private"),
        re_path(rf"{CASE}{TOKEN}appeal/$", numbers.appeal, name="case_appeal"),
        re_path(rf"{CASE}record/$", case_record.history, name="case_record"),
        re_path(
            rf"{CASE}record/(?P<kind>[a-z]{{1,40}})-(?P<seq>\d{{1,9}})\.json$",
            case_record.proof,
            name="case_proof",
        ),
        path("dashboard/", include("mayors_office.urls")),
        path("", include("suggestions.urls")),
        path("", include("channels_app.urls")),
        # Calendars can't sign in: beside the officers' door, by a secret of its own.
        re_path(
            rf"^calendar/(?P<pk>\d{{1,18}})/{TOKEN}(?P<slug>[-\w]{{1,50}})\.ics$",
            calendars.due,
            name="calendar",
        ),
        path("accounts/enrol/<str:token>/", enrol, name="enrol"),
        path("accounts/", include("allauth.urls")),
        path("admin/operations/", operations.operations, name="operations"),
        path("admin/operations/beside/", operations.beside, name="operations_beside"),
        path("admin/operations/sheet/<int:pk>/", operations.sheet, name="operations_sheet"),
        path("admin/", include("desk.urls")),
        path("admin/", include(mayors_office_urls.staff_urlpatterns)),
        # The admin's way from any key to its public page would tell the number of a private case.
        path("admin/r/<path:rest>", errors.nowhere),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
