"""Somebody of every role walks to an address; what they did is undone before the next one comes."""

import uuid
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse
from django.template.base import Template
from django.test import Client
from django.utils import timezone

from channels_app import actions, sheets
from channels_app.models import BoroughDuty, Delivery, Follow, Message, Reading, RoutingRule
from desk import actions as desk_actions
from desk.models import CannedText, Deed, IdeaDeed
from lifecycle import clock
from lifecycle.actions import amend_rule, declare_holiday
from lifecycle.record import sealing
from mayors_office.opendata import editions
from people import enrolment
from people.models import Appointment
from suggestions import actions as suggestion_actions
from suggestions.models import Alike, BudgetRow, Policy, Suggestion, Support
from tests.channels_app import factories
from tests.knowledge import library
from tests.mail_in import boxes
from tests.mail_in import letters as letters_of_all
from tests.matrix import answered
from tests.matrix.committees_of import build_committee
from tests.matrix.people_of import build_town
from tests.people import factories as people
from tests.photos import pictures
from tests.suggestions import factories as ideas

ROLES = (
    "nobody",
    "citizen",
    "centre",
    "jun",
    "head",
    "sora",
    "borough",
    "mayor",
    "auditor",
    "administrator",
    "no_factor",  # an officer of the office in charge who has enrolled no second factor
    "relieved",  # signed in as its officer, then relieved
)
MINA = ("mail", "mina@example.org")


class Walk:
    """A small city with a voice in every state, and an open session for everybody."""

    def __init__(self) -> None:
        # One for all: each new one looks for every static file again.
        self.client = Client(raise_request_exception=False)
        self.town = build_town()
        self.town.users["no_factor"] = people.officer_of(self.town.roads)
        self.places: dict[str, Any] = self._voices()
        self.places |= self._photos()
        self.places |= self._mails()
        self.places |= self._ideas()
        self.places |= self._records()
        self.places |= self._follows()
        self.places |= self._wishes()
        self.places |= self._articles()
        self.places |= self._open_data()
        self.places |= answered.places(self.town)
        self.places |= build_committee(self.town)
        self.places |= self._talk()
        self.sessions = {role: self._sign_in(role) for role in ROLES[1:]}

    def ask(
        self, role: str, method: str, path: str, form: Mapping[str, str], *, blank: bool = False
    ) -> HttpResponse:
        """The answer to one request by this role; nothing of it remains.

        `blank`: whether they may is all that is asked, so no template is written out.
        """
        writing = patch.object(Template, "render", lambda *_told: " ") if blank else nullcontext()
        with transaction.atomic(), writing:
            self.client.cookies.clear()
            if role != "nobody":
                self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
            typed = {self.fill(name): self.fill(value) for name, value in form.items()}
            told: dict[str, Any] = {"data": typed} if method == "POST" else {}
            answer: HttpResponse = getattr(self.client, method.lower())(self.fill(path), **told)
            if answer.streaming:
                answer.getvalue()  # read to its end: an open file is an error here
            transaction.set_rollback(True)
        return answer

    def fill(self, pattern: str) -> str:
        """A path or a value with the rows of this city in its places."""
        return pattern.format(**self.places)

    def _sign_in(self, role: str) -> str:
        user = self.town.users[role]
        if role == "relieved":
            post = people.appoint(user, self.town.roads)
        client = people.signed_in_client(user, second_factor=role not in ("citizen", "no_factor"))
        client.get("/admin/triage/")  # from here on the session is an officer's
        if role == "relieved":
            Appointment.objects.filter(pk=post.pk).update(until=timezone.now())
        key: str = client.cookies[settings.SESSION_COOKIE_NAME].value
        return key

    def _voices(self) -> dict[str, Any]:
        """A voice in every state, in the hands of the roads; one with another office."""
        jun, centre = self.town.users["jun"], self.town.users["centre"]

        def routed(office: Any = self.town.roads, **said: Any) -> Message:
            message = factories.receive(contact=MINA, **said)
            return actions.route(message, to=office, by=centre)

        def answered(message: Message, *, leaves: bool) -> Message:
            reply = actions.answer(message, text="고쳤습니다", by=jun)
            if not leaves:
                return message
            with clock.at(reply.leaves_at):
                return actions.publish(reply)

        voices = {
            "received": factories.receive(),
            "held": factories.receive(held="burst"),
            "routed": routed(),
            "private": routed(public=False),
            "asked": self._asked(routed(public=False)),
            "lead": routed(),
            "phoned": self._phoned(),
            "joined": actions.join(routed(), to=routed(), by=jun),
            "at_water": routed(self.town.water, public=False),
            "hidden": actions.hide(routed(), reason="personal", by=jun),
            "set_aside": actions.set_aside(routed(), reason="spam", by=jun),
            "answered": answered(routed(), leaves=False),
            "replied": answered(routed(), leaves=True),
            "troubled": answered(routed(), leaves=True),
        }
        voices["split"] = routed()
        voices["second"] = actions.split(voices["split"], text="둘째 일", kind="idea", by=jun)
        # Just now, however long the walk takes: so it can be put together.
        later = clock.now() + timedelta(days=1)
        Message.objects.filter(pk=voices["second"].pk).update(received_at=later)
        Delivery.objects.filter(message=voices["troubled"]).update(state="failed")
        fresh = {name: Message.objects.get(pk=voice.pk) for name, voice in voices.items()}
        contact = fresh["routed"].contact
        assert contact is not None
        return {
            **fresh,
            "unknown": "S-2026-999999",
            "wrong": "A" * 28,
            "mail": contact.token_for(fresh["routed"].code),
            "key": uuid.uuid4(),
            "water": self.town.water.pk,
            "roads": self.town.roads.pk,
            "mayors": people.mayors_office().pk,
            "message_type": ContentType.objects.get_for_model(Message).pk,
        }

    def _ideas(self) -> dict[str, Any]:
        """A suggestion of the roads, with what is counted of it; something Jun did with many."""
        jun, by = self.town.users["jun"], ideas.listener()
        idea = ideas.opened(self.town.roads)
        support = ideas.supported(idea, 2)[0]
        paper = suggestion_actions.enter_paper(idea, people=5, words="역 앞", by=by)
        one = Support.objects.filter(pk=support.pk)
        note = "한 기기에서 왔습니다"
        out = suggestion_actions.invalidate(idea, one, rule="한 기기", public_note=note, by=by)
        done = [{"code": idea.code, "department": None, "version": 0}]
        deed = IdeaDeed.objects.create(by=jun, verb="assign", done=done, at=clock.now())
        return {
            "idea": Suggestion.objects.get(pk=idea.pk),
            "suggestion": idea.pk,
            "support": support.pk,
            "milestone": idea.milestones.get().pk,
            "invalidation": out.pk,
            "papersignatures": paper.pk,
            "ideadeed": deed.pk,
        }

    def _phoned(self) -> Message:
        """Written down by an officer of the centre."""
        said = actions.Said(text="전화로 한 말", kind="question", channel="phone")
        return actions.enter(said, by=self.town.users["centre"], client_key=uuid.uuid4())

    def _photos(self) -> dict[str, Any]:
        """A public voice with a photo that is shown and one that is not; a private one."""
        centre = self.town.users["centre"]
        public, private = (
            actions.route(pictures.drawn(count, public=count > 1), to=self.town.roads, by=centre)
            for count in (2, 1)
        )
        (first, second), (third,) = pictures.photos_of(public), pictures.photos_of(private)
        actions.show_photo(first, by=centre)
        return {
            "pictured": actions.show(public, by=centre),
            "pictured_private": private,
            "photo_shown": first.key,
            "photo_waiting": second.key,
            "photo_private": third.key,
        }

    def _mails(self) -> dict[str, Any]:
        """A case that came by mail with a file, and a mail that waits for a person."""
        box = boxes.mailbox()
        letter = letters_of_all.mail(sender="Mina <mailed@example.org>")
        letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
        came, kept = boxes.arrive(box, letter.as_bytes(), letters_of_all.raw(sender="Mina"))
        assert came.message is not None
        actions.route(came.message, to=self.town.roads, by=self.town.users["centre"])
        return {
            "account": box.pk,
            "mailed": came.message.code,
            "mail_taken": came.pk,
            "mail_kept": kept.pk,
        }

    def _asked(self, message: Message) -> Message:
        """The water office owes a part of its answer."""
        jun, water = self.town.users["jun"], self.town.water
        return actions.ask_office(message, office=water, question="관이 새나요?", by=jun).message

    def _sheet(self) -> int:
        """A file of voices that the centre has brought and not taken in."""
        centre = self.town.users["centre"]
        return sheets.bring(b"text\nhello\n", name="a.csv", channel="tour", by=centre).pk

    def _draft(self) -> int:
        """Begun by the office in charge."""
        words, jun = {"answer": "곧"}, self.town.users["jun"]
        draft = desk_actions.keep_draft(self.places["routed"], kind="done", words=words, by=jun)
        assert draft is not None
        return draft.pk

    def _deed(self) -> int:
        """Something that Jun can still take back when a slow walk comes to it."""
        later = clock.now() + timedelta(hours=1)
        return Deed.objects.create(by=self.town.users["jun"], verb="route", at=later).pk

    def _follows(self) -> dict[str, Any]:
        """Somebody was asked whether they want to follow; an officer has a calendar."""
        jun = self.town.users["jun"]
        actions.follow(self.places["routed"], address="sora@example.org", language="ko")
        post = Appointment.objects.get(user=jun, office=self.town.roads)
        return {
            "follow": Follow.objects.get(),
            "calendar": actions.make_calendar_link(post, by=jun),
        }

    def _wishes(self) -> dict[str, Any]:
        """Mina's own suggestion, and somebody who was asked whether they support it."""
        wish = ideas.opened(self.town.roads, contact=MINA)
        asked = suggestion_actions.ask_for_support(wish, address="jun@example.org", language="ko")
        return {"wish": wish, "wanted": asked.confirmation}

    def _articles(self) -> dict[str, Any]:
        """An article of the roads that is shown, and one that is withdrawn."""
        jun, roads = self.town.users["jun"], self.town.roads
        shown = library.write(office=roads, by=jun)
        gone = library.write(office=roads, by=jun, question_ko="지난해에는요?")
        actions.withdraw_article(gone, because="그만", by=jun)
        return {"article": shown, "gone": gone}

    def _talk(self) -> dict[str, Any]:
        """A suggestion that is discussed; what waits for a moderator; a mail's links."""
        idea = ideas.opened(self.town.roads, contact=MINA)
        other = ideas.opened(self.town.roads, f"{ideas.WORDS} 꼭이요")
        suggestion_actions.propose_alike([other.pk])
        supported = suggestion_actions.ask_for_support(
            idea, address="robin@example.org", language="ko"
        )
        friend = suggestion_actions.invite_author(idea, address="sora@example.org", language="ko")
        assert friend is not None
        policy = Policy.objects.create(
            office=self.town.roads, title_ko="버스", title_en="Buses", text_ko="운행",
            text_en="Run", since=clock.seoul().date(),
        )  # fmt: skip
        line = BudgetRow.objects.create(
            suggestion=idea, office=self.town.roads, year=2026, title="버스", planned=1
        )
        return {
            "discussed": idea,
            "discussed_token": idea.message.token,
            "comment": ideas.commented(idea),
            "unsaid": ideas.asked(idea).confirmation,
            "support_link": supported.confirmation,
            "friend_link": friend.confirmation,
            "alike": Alike.objects.earliest("id"),
            "policy": policy.pk,
            "budgetrow": line.pk,
        }

    def _open_data(self) -> dict[str, Any]:
        """The files of this month, and all of it sealed."""
        list(editions.write_everything(lambda: None))
        sealing.seal()
        return {"today": clock.seoul().date(), "month": f"{clock.seoul():%Y-%m}"}

    def _records(self) -> dict[str, Any]:
        """One row of every kind the admin knows."""
        users = self.town.users
        app = SocialApp.objects.create(provider="kakao", name="kakao", client_id="of-the-test")
        account = SocialAccount.objects.create(user=users["citizen"], provider="kakao", uid="1")
        token = SocialToken.objects.create(app=app, account=account, token="of-the-test")
        Reading.log(self.places["routed"], users["jun"], "desk_case")
        rule = amend_rule("answer.idea", to="6", reason="faster", by=users["administrator"])
        holiday = declare_holiday(
            date(2030, 5, 2), name_ko="임시 공휴일", name_en="A day", by=users["administrator"]
        )
        spare = people.make_user()
        UserSession.objects.create(
            user=spare, session_key="of-the-test", ip="127.0.0.1", user_agent="",
            last_seen_at=timezone.now() - timedelta(days=1),
        )  # fmt: skip
        return {
            "user": spare.pk,
            "office": self.town.water.pk,
            "appointment": Appointment.objects.filter(user=users["sora"]).latest("pk").pk,
            "rule": rule.pk,
            "holiday": holiday.pk,
            "routingrule": RoutingRule.objects.create(office=self.town.water, words="들썩돌").pk,
            "boroughduty": BoroughDuty.objects.create(office=self.town.water).pk,
            "cannedtext": CannedText.objects.create(office=self.town.roads, text="네").pk,
            "draft": self._draft(),
            "deed": self._deed(),
            "savedview": desk_actions.save_view("내 일", query="show=all", by=users["jun"]).pk,
            "tomorrow": (clock.seoul() + timedelta(days=1)).date(),
            "apiclient": actions.make_client("of the test", by=None)[0].pk,
            "reading": Reading.objects.latest("pk").pk,
            "delivery": Delivery.objects.latest("pk").pk,
            "sheet": self._sheet(),
            "group": Group.objects.create(name="nobody uses groups").pk,
            "emailaddress": EmailAddress.objects.get(user=spare).pk,
            "authenticator": people.enrol_totp(people.make_user()).pk,
            "usersession": UserSession.objects.get(user=spare).pk,
            "socialapp": app.pk,
            "socialaccount": account.pk,
            "socialtoken": token.pk,
            "enrol": enrolment.token_for(people.make_user()),
        }
