"""The citizens' addresses below /."""

from django.urls import path, re_path

from channels_app.api import reference
from channels_app.views import (
    cases,
    coming_back,
    dasan,
    devices,
    feeds,
    feeds_of_articles,
    feeds_of_wall,
    following,
    offices,
    own_data,
    photos,
    rating,
    saying,
    searching,
    wall,
)

# A receipt number, and the 28 signs of a private link.
CASE = r"^s/(?P<code>[A-Z]-\d{4}-\d{6,12})/"
TOKEN = r"(?P<token>[A-Za-z0-9_-]{28})/"  # noqa: S105 - the shape of one, not one
FAQ = r"^dasan/faq/(?P<slug>[-\w]{1,80})/"
PHOTO = r"photo/(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/"

urlpatterns = [
    path("say/", saying.say, name="say"),
    path("say/check/", saying.check, name="check"),
    path("say/send/", saying.send, name="send"),
    path("say/photos/", photos.keep, name="keep_photos"),
    path("say/<slug:kind>/", saying.say, name="say_kind"),
    path("dasan/", dasan.dasan, name="dasan"),
    path("dasan/feed.atom", feeds_of_articles.of_articles, name="article_feed"),
    re_path(rf"{FAQ}$", dasan.article, name="article"),
    re_path(rf"{FAQ}helped/$", dasan.helped, name="article_helped"),
    path("track/", cases.track, name="track"),
    path("smc/", wall.smc, name="smc"),
    path("smc/feed.atom", feeds_of_wall.of_wall, name="wall_feed"),
    path("smc/answers.atom", feeds_of_wall.of_answers, name="answers_feed"),
    path("search/", searching.search, name="search"),
    path("departments/", offices.departments, name="departments"),
    path("departments/<slug:slug>/", offices.department, name="department"),
    path("borough/", offices.boroughs, name="boroughs"),
    path("borough/<slug:slug>/", offices.borough, name="borough"),
    path("api/", reference.page, name="api"),
    path("photo/<uuid:key>/", photos.photo, name="photo"),
    path("photo/<uuid:key>/small/", photos.photo, {"small": True}, name="photo_small"),
    re_path(rf"{CASE}{TOKEN}{PHOTO}$", photos.own_photo, name="own_photo"),
    re_path(
        rf"{CASE}{TOKEN}{PHOTO}small/$", photos.own_photo, {"small": True}, name="own_photo_small"
    ),
    re_path(rf"{CASE}follow/$", following.follow, name="case_follow"),
    re_path(rf"{CASE}push/$", devices.device, name="case_push"),
    path("departments/<slug:slug>/feed.atom", feeds.of_office, name="office_feed"),
    path("borough/<slug:slug>/feed.atom", feeds.of_borough, name="borough_feed"),
    re_path(rf"^follow/(?P<pk>\d{{1,18}})/{TOKEN}$", following.follow_link, name="follow_link"),
    re_path(
        rf"^unsubscribe/(?P<pk>\d{{1,18}})/{TOKEN}$", following.unsubscribe, name="unsubscribe"
    ),
    re_path(rf"^mails/(?P<pk>\d{{1,18}})/{TOKEN}$", following.mails, name="mails"),
    re_path(rf"^unsubscribe/{CASE[3:]}{TOKEN}$", following.mute, name="mute"),
    re_path(rf"{CASE}report/$", cases.report, name="case_report"),
    re_path(rf"{CASE}{TOKEN}done/$", cases.case_done, name="case_done"),
    re_path(rf"{CASE}{TOKEN}ask/$", coming_back.ask, name="case_ask"),
    re_path(rf"{CASE}{TOKEN}confirm/$", coming_back.confirm, name="case_confirm"),
    re_path(rf"{CASE}{TOKEN}reopen/$", coming_back.reopen, name="case_reopen"),
    re_path(rf"{CASE}{TOKEN}rate/$", rating.rate, name="case_rate"),
    re_path(rf"{CASE}{TOKEN}who/$", coming_back.background, name="case_background"),
    re_path(rf"{CASE}{TOKEN}data/$", own_data.data, name="own_data"),
    re_path(rf"{CASE}{TOKEN}data/download/$", own_data.download, name="own_data_download"),
    re_path(rf"{CASE}{TOKEN}data/erase/$", own_data.erase, name="own_data_erase"),
    re_path(
        rf"^mail/(?P<code>[A-Z]-\d{{4}}-\d{{6,12}})/{TOKEN}$", cases.mail_link, name="mail_link"
    ),
]
