"""The addresses of the day's numbers."""

from django.urls import path

from mayors_office.views import heard, numbers

urlpatterns = [
    path("", numbers.public, name="dashboard"),
    path("heard/", heard.heard, name="heard"),
    path("mayor/", numbers.mayor, name="dashboard_mayor"),
    path("mayor/<slug:panel>.csv", numbers.mayor_file, name="dashboard_mayor_file"),
    path("office/<slug:slug>/", numbers.office, name="dashboard_office"),
    path("office/<slug:slug>/<slug:panel>.csv", numbers.office_file, name="dashboard_office_file"),
    path("<slug:panel>.csv", numbers.file, name="dashboard_file"),
]

# Under the officers' door.
staff_urlpatterns = [
    path("heard/", heard.questions, name="heard_questions"),
    path("heard/<int:pk>/reply/", heard.reply, name="heard_reply"),
]
