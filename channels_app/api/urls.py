"""The addresses of the open interface, below /api/."""

from django.urls import path, re_path

from channels_app.api import reference, views

urlpatterns = [
    path("schema/", reference.schema, name="api_schema"),
    path("v1/messages/", views.Messages.as_view(), name="api_messages"),
    re_path(
        r"^v1/messages/(?P<receipt>[A-Z]-[0-9]{4}-[0-9]{6,12})/$",
        views.OneMessage.as_view(),
        name="api_message",
    ),
    path("v1/similar/", views.Similar.as_view(), name="api_similar"),
    path("v1/offices/", views.Offices.as_view(), name="api_offices"),
    path("v1/boroughs/", views.Boroughs.as_view(), name="api_boroughs"),
    re_path(r"^v1/(?P<rest>[\s\S]*)$", views.Nothing.as_view(), name="api_nothing"),
]
