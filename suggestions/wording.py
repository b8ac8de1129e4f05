"""What a suggestion's page says about each status: what its date means, and what comes then."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from suggestions.states import SuggestionStatus as S

Words = str | Promise
# What the date that holds means, in every status that has one.
DATES: dict[str, Words] = {
    S.SUBMITTED: _("Looked at by"),
    S.RETURNED: _("Its author can correct it until"),
    S.OPEN: _("Gathers support until"),
    S.DORMANT: _("Looked at again on"),
    S.UNDER_REVIEW: _("Answer date"),
    S.PASSED_ON: _("Asked about again on"),
    S.LONG_TERM: _("Looked at again on"),
    S.CANDIDATE: _("Decision about a forum by"),
    S.ON_AGENDA: _("Forum held by"),
    S.DISCUSSED: _("Next step by"),
    S.DELIBERATING: _("Next step by"),
    S.IN_COMMITTEE: _("Decision by"),
    S.ADOPTED: _("To be finished by"),
    S.IMPLEMENTING: _("To be finished by"),
    S.CLAIMED_DONE: _("Counts as done, unless somebody objects, on"),
    S.IMPLEMENTED: _("Looked back on by"),
}
# What whoever works on it owes besides.
NEXT_REPORT = _("Next report by")
# What happens then, in one sentence.
NEXTS: dict[str, Words] = {
    S.SUBMITTED: _("A moderator looks at it. Then everyone can read and support it."),
    S.RETURNED: _("Something is missing. Its author was told what, and can correct it."),
    S.OPEN: _("With enough support the office has to answer. Without, it falls asleep."),
    S.DORMANT: _("Too few people supported it in time. One new support wakes it."),
    S.UNDER_REVIEW: _("The office answers: yes, no with a reason, or another way."),
    S.PASSED_ON: _("Another body decides about it. The city asks there what came of it."),
    S.LONG_TERM: _("The city takes it up in its long-term plan, and looks at it again."),
    S.CANDIDATE: _("The listening team decides whether a forum discusses it."),
    S.ON_AGENDA: _("A forum discusses it. Everyone may come."),
    S.DISCUSSED: _("What was said at the forum goes to a deliberation or a committee."),
    S.DELIBERATING: _("Citizens, experts and the city look for a plan to which all agree."),
    S.IN_COMMITTEE: _("A committee works on it, and reports every two weeks."),
    S.ADOPTED: _("It will be done. The work is being prepared."),
    S.IMPLEMENTING: _("It is being done. A report comes every two weeks."),
    S.CLAIMED_DONE: _("The office says that it is done. Its author can confirm or object."),
    S.IMPLEMENTED: _("It is done. Some months later we ask whether it helps."),
}
# How it ended, where nothing is owed any more.
ENDS: dict[str, Words] = {
    S.REFUSED: _("It is not shown to everyone."),
    S.REDIRECTED: _("It was no suggestion: an office answers it as a message."),
    S.DECLINED: _("The city said no. The reasons stand below."),
    S.IN_PLACE: _("The city does this already."),
    S.WITHDRAWN: _("It was taken back. Nothing more happens."),
    S.EVALUATED: _("It is done, and we have looked back on it."),
}
