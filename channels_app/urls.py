"""The citizens' addresses below /."""

from django.urls import path, re_path

from channels_app.views import cases, saying, wall

# A receipt number, and the 28 signs of a private link.
CASE = r"^s/(?P<code>[A-Z]-\d{4}-\d{6,12})/"
TOKEN = r"(?P<token>[A-Za-z0-9_-]{28})/"  # noqa: S105 - the shape of one, not one

urlpatterns = [
    path("say/", saying.say, name="say"),
    path("say/check/", saying.check, name="check"),
    path("say/send/", saying.send, name="send"),
    path("say/<slug:kind>/", saying.say, name="say_kind"),
    path("track/", cases.track, name="track"),
    path("smc/", wall.smc, name="smc"),
    re_path(rf"{CASE}report/$", cases.report, name="case_report"),
    re_path(rf"{CASE}{TOKEN}$", cases.case_private, name="case_private"),
    re_path(rf"{CASE}{TOKEN}done/$", cases.case_done, name="case_done"),
    re_path(
        rf"^mail/(?P<code>[A-Z]-\d{{4}}-\d{{6,12}})/{TOKEN}$", cases.mail_link, name="mail_link"
    ),
]
