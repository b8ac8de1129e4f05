"""The addresses of suggestions below /api/."""

from django.urls import path, re_path

from suggestions.api import views

urlpatterns = [
    path("v1/suggestions/", views.Suggestions.as_view(), name="api_suggestions"),
    re_path(
        r"^v1/suggestions/(?P<receipt>[A-Z]-[0-9]{4}-[0-9]{6,12})/$",
        views.OneSuggestion.as_view(),
        name="api_suggestion",
    ),
]
