"""The citizens' addresses of suggestions, below /."""

from django.urls import path, re_path

from channels_app.urls import CASE, TOKEN
from suggestions.views import (
    authors,
    badges,
    calendars,
    committees,
    confirming,
    feeds,
    finishing,
    knowing,
    lists,
    offering,
    petitioning,
    promises,
    seat_judging,
    seats,
    supporting,
    surveys,
    talking,
    versions,
)

NUMBER = r"(?P<code>[A-Z]-\d{4}-\d{6,12})/"
COMMITTEE = r"^committees/(?P<slug>[-a-z0-9]{1,50})/"
SEAT = rf"^committees/seat/(?P<pk>\d{{1,18}})/{TOKEN}"
BY_MAIL = rf"(?P<pk>\d{{1,18}})/{TOKEN}"

urlpatterns = [
    path("suggestions/", lists.suggestions, name="suggestions"),
    path("suggestions/list.csv", lists.as_file, name="suggestions_csv"),
    path("suggestions/feed.atom", feeds.of_all, name="suggestions_feed"),
    path("suggestions/due.ics", calendars.of_all, name="suggestions_due"),
    path("oasis/", lists.oasis, name="oasis"),
    path("oasis/new/", lists.oasis_new, name="oasis_new"),
    path("oasis/rules/", lists.oasis_rules, name="oasis_rules"),
    path("petitions/", lists.petitions, name="petitions"),
    path("petitions/new/", petitioning.new, name="petition_new"),
    re_path(rf"^petitions/{NUMBER}$", petitioning.one, name="petition"),
    path("changed/", lists.changed, name="changed"),
    path("changed/feed.atom", feeds.of_changes, name="changed_feed"),
    re_path(rf"^changed/{NUMBER}$", lists.changed_one, name="changed_one"),
    re_path(rf"{CASE}support/$", supporting.support, name="support"),
    re_path(rf"{CASE}badge\.svg$", badges.badge, name="badge"),
    re_path(rf"{CASE}due\.ics$", calendars.of_one, name="suggestion_due"),
    re_path(
        rf"^confirm/support/(?P<pk>\d{{1,18}})/{TOKEN}$",
        supporting.confirm,
        name="confirm_support",
    ),
    re_path(rf"{CASE}{TOKEN}withdraw/$", authors.withdraw, name="suggestion_withdraw"),
    re_path(rf"{CASE}{TOKEN}correct/$", authors.correct, name="suggestion_correct"),
    re_path(rf"{CASE}{TOKEN}suggest/$", offering.offer, name="idea_offer"),
    re_path(rf"{CASE}{TOKEN}is-done/$", finishing.confirm, name="idea_confirm"),
    re_path(rf"{CASE}{TOKEN}not-done/$", finishing.dispute, name="idea_dispute"),
    re_path(rf"{CASE}{TOKEN}rate-answer/$", finishing.rate, name="idea_rate"),
    re_path(rf"^confirm/survey/(?P<pk>\d{{1,18}})/{TOKEN}$", surveys.survey, name="confirm_survey"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<int:pk>/", promises.promise, name="promise"),
    path("committees/", committees.committees, name="committees"),
    re_path(rf"{COMMITTEE}$", committees.committee, name="committee"),
    re_path(rf"{COMMITTEE}dates\.ics$", committees.dates, name="committee_dates"),
    re_path(
        rf"{COMMITTEE}reports/(?P<number>\d{{1,4}})/$",
        committees.committee_report,
        name="committee_report",
    ),
    re_path(rf"{CASE}reports/(?P<number>\d{{1,4}})/$", committees.idea_report, name="idea_report"),
    re_path(rf"{SEAT}$", seats.seat, name="seat"),
    re_path(rf"{SEAT}reports/(?P<number>\d{{1,4}})/$", seats.seat_report, name="seat_report"),
    re_path(rf"{SEAT}opinion/(?P<proposal>\d{{1,18}})/$", seats.seat_opinion, name="seat_opinion"),
    re_path(
        rf"{SEAT}done/(?P<code>[A-Z]-\d{{4}}-\d{{6,12}})/$",
        seat_judging.seat_judge,
        name="seat_judge",
    ),
    re_path(rf"{SEAT}leave/$", seats.seat_leave, name="seat_leave"),
    re_path(rf"^confirm/seat/(?P<pk>\d{{1,18}})/{TOKEN}$", seats.confirm_seat, name="confirm_seat"),
    path("oasis/known/", knowing.known, name="known_suggestions"),
    re_path(rf"{CASE}talk/$", talking.talk, name="suggestion_talk"),
    re_path(rf"{CASE}talk/(?P<pk>\d{{1,18}})/report/$", talking.report, name="comment_report"),
    re_path(rf"{CASE}versions/$", versions.versions, name="suggestion_versions"),
    re_path(rf"{CASE}{TOKEN}talk/$", talking.author_talk, name="suggestion_author_talk"),
    re_path(rf"{CASE}{TOKEN}rewrite/$", versions.rewrite, name="suggestion_rewrite"),
    re_path(rf"{CASE}{TOKEN}coauthors/$", versions.coauthors, name="suggestion_coauthors"),
    re_path(rf"^confirm/comment/{BY_MAIL}$", confirming.confirm_comment, name="confirm_comment"),
    re_path(rf"^confirm/coauthor/{BY_MAIL}$", confirming.confirm_coauthor, name="confirm_coauthor"),
    re_path(rf"^confirm/support/{BY_MAIL}move/$", confirming.move, name="move_support"),
]
