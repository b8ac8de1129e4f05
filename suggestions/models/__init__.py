"""What the city knows of an idea on its way."""

from suggestions.models.answers import (
    AnswerKind,
    AnswerOutcome,
    AnswerRating,
    OfficialAnswer,
)
from suggestions.models.appeals import (
    Appeal,
)
from suggestions.models.budgets import (
    BudgetRow,
)
from suggestions.models.choices import (
    NotShown,
    Origin,
    SuggestionKind,
)
from suggestions.models.claims import (
    Claim,
    Dispute,
    Judge,
    Result,
)
from suggestions.models.clusters import (
    Alike,
    Cluster,
    ClusterMember,
    ClusterPerson,
    Compared,
)
from suggestions.models.committees import (
    Committee,
    CommitteeStep,
    CommitteeStepNote,
    Mandate,
    Seat,
)
from suggestions.models.evaluations import (
    Evaluation,
    SurveyAnswer,
)
from suggestions.models.items import (
    ActionItem,
    ActionItemStep,
    ActionItemStepNote,
    DropProposal,
    Obstacle,
    Opinion,
    progress_of,
)
from suggestions.models.meetings import (
    Attendance,
    Meeting,
)
from suggestions.models.petitions import (
    Petition,
)
from suggestions.models.policies import (
    Policy,
)
from suggestions.models.promises import (
    Promise,
    PromiseStep,
    PromiseStepNote,
    SaidAt,
)
from suggestions.models.reminders import (
    Overdue,
    SuggestionReminder,
)
from suggestions.models.reports import (
    Feedback,
    LateReport,
    ProgressReport,
    ProgressReportStep,
    ProgressReportStepNote,
    ReportLine,
)
from suggestions.models.steps import (
    Statement,
    SuggestionStep,
    SuggestionStepNote,
)
from suggestions.models.suggestions import (
    Suggestion,
)
from suggestions.models.supports import (
    Invalidation,
    Milestone,
    PaperSignatures,
    Support,
    SupportChange,
    Threshold,
)
from suggestions.models.talks import (
    Badge,
    CoAuthor,
    Comment,
    Stance,
    Summary,
    Version,
)
from suggestions.models.tallies import (
    StatusTally,
)

__all__ = [
    "ActionItem",
    "ActionItemStep",
    "ActionItemStepNote",
    "Alike",
    "AnswerKind",
    "AnswerOutcome",
    "AnswerRating",
    "Appeal",
    "Attendance",
    "Badge",
    "BudgetRow",
    "Claim",
    "Cluster",
    "ClusterMember",
    "ClusterPerson",
    "CoAuthor",
    "Comment",
    "Committee",
    "CommitteeStep",
    "CommitteeStepNote",
    "Compared",
    "Dispute",
    "DropProposal",
    "Evaluation",
    "Feedback",
    "Invalidation",
    "Judge",
    "LateReport",
    "Mandate",
    "Meeting",
    "Milestone",
    "NotShown",
    "Obstacle",
    "OfficialAnswer",
    "Opinion",
    "Origin",
    "Overdue",
    "PaperSignatures",
    "Petition",
    "Policy",
    "ProgressReport",
    "ProgressReportStep",
    "ProgressReportStepNote",
    "Promise",
    "PromiseStep",
    "PromiseStepNote",
    "ReportLine",
    "Result",
    "SaidAt",
    "Seat",
    "Stance",
    "Statement",
    "StatusTally",
    "Suggestion",
    "SuggestionKind",
    "SuggestionReminder",
    "SuggestionStep",
    "SuggestionStepNote",
    "Summary",
    "Support",
    "SupportChange",
    "SurveyAnswer",
    "Threshold",
    "Version",
    "progress_of",
]
