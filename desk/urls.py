"""The officers' addresses under /admin/."""

from django.urls import path, re_path

from channels_app.urls import PHOTO
from desk.views import (
    acts,
    answers,
    calendars,
    offices,
    pages,
    photos,
    privacy,
    publication,
    readings,
    rehearsing,
    splitting,
)

CASE = r"^case/(?P<code>[A-Z]-\d{4}-\d{6,12})/"
PRIVACY = r"^privacy/(?P<code>[A-Z]-\d{4}-\d{6,12})/"

urlpatterns = [
    path("queue/", pages.queue, name="desk_queue"),
    path("office/<slug:slug>/", offices.office, name="desk_office"),
    path("publication/", publication.publication, name="desk_publication"),
    path("publication/screen/", publication.screen, name="desk_screen"),
    path("privacy/", privacy.privacy, name="desk_privacy"),
    re_path(rf"{PRIVACY}export/$", privacy.export, name="desk_privacy_export"),
    re_path(rf"{PRIVACY}erase/$", privacy.erase, name="desk_privacy_erase"),
    path("readings/", readings.months, name="desk_readings"),
    path("readings/rows/", readings.rows, name="desk_readings_rows"),
    path("readings/export/", readings.export, name="desk_readings_export"),
    path("readings/review/", readings.review, name="desk_readings_review"),
    path("calendar/", calendars.addresses, name="desk_calendar"),
    path("routing/dry-run/", rehearsing.dry_run, name="desk_dry_run"),
    re_path(rf"{CASE}$", pages.case, name="desk_case"),
    re_path(rf"{CASE}route/$", acts.route, name="desk_route"),
    re_path(rf"{CASE}hand-back/$", acts.hand_back, name="desk_hand_back"),
    re_path(rf"{CASE}ask-office/$", acts.ask_office, name="desk_ask_office"),
    re_path(rf"{CASE}answer-part/$", acts.answer_part, name="desk_answer_part"),
    re_path(rf"{CASE}join/$", acts.join, name="desk_join"),
    re_path(rf"{CASE}split/$", splitting.split, name="desk_split"),
    re_path(rf"{CASE}put-together/$", splitting.put_together, name="desk_put_together"),
    re_path(rf"{CASE}un-join/$", acts.un_join, name="desk_un_join"),
    re_path(rf"{CASE}set-aside/$", acts.set_aside, name="desk_set_aside"),
    re_path(rf"{CASE}restore/$", acts.restore, name="desk_restore"),
    re_path(rf"{CASE}show/$", acts.show, name="desk_show"),
    re_path(rf"{CASE}hide/$", acts.hide, name="desk_hide"),
    re_path(rf"{CASE}{PHOTO}$", photos.photo, name="desk_photo"),
    re_path(rf"{CASE}{PHOTO}small/$", photos.photo, {"small": True}, name="desk_photo_small"),
    re_path(rf"{CASE}{PHOTO}show/$", photos.show, name="desk_photo_show"),
    re_path(rf"{CASE}{PHOTO}hide/$", photos.hide, name="desk_photo_hide"),
    re_path(rf"{CASE}{PHOTO}words/$", photos.word, name="desk_photo_word"),
    re_path(rf"{CASE}send-again/$", acts.send_again, name="desk_send_again"),
    re_path(rf"{CASE}settle/$", acts.settle, name="desk_settle"),
    re_path(rf"{CASE}answer/$", answers.answer, name="desk_answer"),
    re_path(rf"{CASE}drop-draft/$", answers.drop_draft, name="desk_drop_draft"),
    re_path(rf"{CASE}take-back/$", answers.take_back, name="desk_take_back"),
]
