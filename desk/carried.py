"""What an office carries for many at once: reports, action items, committees, minutes, promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import Office
from suggestions.models import ActionItem, Committee, Meeting, ProgressReport, Promise


@dataclass(frozen=True)
class Line:
    """One of them in a list: where it leads, its words, by when, what it is, where it stands."""

    link: str
    words: str
    due_at: datetime | None
    office: Office | None
    status: str
    code: str = ""


def reports(office: Office) -> QuerySet[ProgressReport]:
    """Not published yet, drafted or not."""
    owed = ProgressReport.objects.unfinished().filter(office=office)
    return owed.select_related("office", "committee", "suggestion")


def line_of_report(report: ProgressReport) -> Line:
    """With the page on which it is written."""
    link = f"{reverse('desk_reports_due')}?report={report.pk}"
    status = report.get_status_display()
    return Line(link, str(report), report.due_at, report.office, status)


def items(office: Office) -> QuerySet[ActionItem]:
    """Neither done nor cancelled, of what is worked on now."""
    owed = ActionItem.objects.owed().filter(office=office)
    return owed.select_related("office", "suggestion")


def line_of_item(item: ActionItem) -> Line:
    """With the page of its suggestion."""
    code = item.suggestion.code
    link = reverse("desk_idea", args=[code])
    return Line(link, item.title, item.due_at, item.office, item.get_status_display(), code)


def committees(office: Office) -> QuerySet[Committee]:
    """Led by it, and not closed."""
    return Committee.objects.unfinished().filter(office=office).select_related("office")


def line_of_committee(committee: Committee) -> Line:
    """With its page."""
    link = reverse("desk_committee", args=[committee.pk])
    status = committee.get_status_display()
    return Line(link, committee.name, committee.due_at, committee.office, status)


def minutes(office: Office) -> QuerySet[Meeting]:
    """Of meetings that were held."""
    owed: QuerySet[Meeting] = Meeting.objects.without_minutes().filter(committee__office=office)
    return owed.select_related("committee__office")


def line_of_minutes(meeting: Meeting) -> Line:
    """With the page of its committee."""
    committee = meeting.committee
    link = reverse("desk_committee", args=[committee.pk])
    words = f"{committee.name} · {meeting.place}"
    return Line(link, words, meeting.minutes_due_at, committee.office, _("not published yet"))


def promises(office: Office) -> QuerySet[Promise]:
    """To be taken on, or to be kept."""
    return Promise.objects.unfinished().filter(office=office).select_related("office")


def line_of_promise(promise: Promise) -> Line:
    """With its page."""
    link = reverse("desk_promise", args=[promise.pk])
    status = promise.get_status_display()
    return Line(link, promise.words, promise.due_at, promise.office, status)


# By the name of the shelf on the page of an office.
LINE_OF: dict[str, Any] = {
    "reports": line_of_report,
    "items": line_of_item,
    "committees": line_of_committee,
    "minutes": line_of_minutes,
    "spoken": line_of_promise,
}
