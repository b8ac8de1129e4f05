"""What a message can be: its door, its kind, who may read it and why it may not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Through which door a voice came."""

    WEB = "web", _("this site")
    API = "api", _("another app")
    PHONE = "phone", _("the telephone")
    LETTER = "letter", _("a letter")
    COUNTER = "counter", _("the counter")
    TOUR = "tour", _("a listening tour")
    MAIL = "mail", _("e-mail")
    FEED = "feed", _("a blog or a feed")
    SMS = "sms", _("a text message")
    X = "x", "X"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    THREADS = "threads", "Threads"
    BLUESKY = "bluesky", "Bluesky"
    MASTODON = "mastodon", "Mastodon"
    MATRIX = "matrix", "Matrix"
    TELEGRAM = "telegram", "Telegram"
    KAKAO = "kakao", _("KakaoTalk")
    TALKTALK = "talktalk", _("Naver TalkTalk")
    YOUTUBE = "youtube", "YouTube"


class Kind(models.TextChoices):
    """What a person wants; each kind has its own clock."""

    COMPLAINT = "complaint", _("Complaint")
    IDEA = "idea", _("Idea")
    QUESTION = "question", _("Question")
    HAZARD = "hazard", _("Danger")


class SetAsideReason(models.TextChoices):
    """Why a message gets no answer; the author is told in these words."""

    SPAM = "spam", _("it is advertising or was sent by a machine")
    ABUSE = "abuse", _("it only insults or threatens somebody")
    EMPTY = "empty", _("it says nothing we could answer")
    ERASED = "erased", _("its author had it erased")
    SPLIT = "split", _("it was split off by mistake and stays with the first message")
