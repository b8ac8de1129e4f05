"""The officers' addresses under /admin/."""

from django.urls import path, re_path

from desk.views import acts, answers, pages

CASE = r"^case/(?P<code>[A-Z]-\d{4}-\d{6,12})/"

urlpatterns = [
    path("queue/", pages.queue, name="desk_queue"),
    re_path(rf"{CASE}$", pages.case, name="desk_case"),
    re_path(rf"{CASE}route/$", acts.route, name="desk_route"),
    re_path(rf"{CASE}hand-back/$", acts.hand_back, name="desk_hand_back"),
    re_path(rf"{CASE}set-aside/$", acts.set_aside, name="desk_set_aside"),
    re_path(rf"{CASE}restore/$", acts.restore, name="desk_restore"),
    re_path(rf"{CASE}show/$", acts.show, name="desk_show"),
    re_path(rf"{CASE}hide/$", acts.hide, name="desk_hide"),
    re_path(rf"{CASE}send-again/$", acts.send_again, name="desk_send_again"),
    re_path(rf"{CASE}settle/$", acts.settle, name="desk_settle"),
    re_path(rf"{CASE}answer/$", answers.answer, name="desk_answer"),
    re_path(rf"{CASE}take-back/$", answers.take_back, name="desk_take_back"),
]
