from courses.models.answers import Answer, ForgottenAnswer
from courses.models.banks import QuestionBank
from courses.models.certificates import Certificate, CertificateFile, WithdrawnNumber
from courses.models.cohorts import (
    Attendance,
    Cohort,
    CohortNotice,
    CohortSession,
    CohortSlip,
    CohortTrainer,
    Membership,
    PaperMark,
)
from courses.models.enrolments import Enrolment, EnrolmentChange, EnrolmentInvitation, EnrolmentTerms, Why
from courses.models.exchanged import TextConflict, TextExport, TextImport
from courses.models.freshness import TranslationState
from courses.models.glossary import GlossaryTerm
from courses.models.loaded import LoadedText
from courses.models.pages import HandoutPage, KitIndexPage, KitPage, LessonPage, ModulePage
from courses.models.plans import CalendarFeed, Goal, Step
from courses.models.records import Completion, LessonProgress
from courses.models.resources import Resource
from courses.models.shares import ShareComment, SharedAnswer

__all__ = [
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Certificate",
    "CertificateFile",
    "Cohort",
    "CohortNotice",
    "CohortSession",
    "CohortSlip",
    "CohortTrainer",
    "Completion",
    "Enrolment",
    "EnrolmentChange",
    "EnrolmentInvitation",
    "EnrolmentTerms",
    "ForgottenAnswer",
    "GlossaryTerm",
    "Goal",
    "HandoutPage",
    "KitIndexPage",
    "KitPage",
    "LessonPage",
    "LessonProgress",
    "LoadedText",
    "Membership",
    "ModulePage",
    "PaperMark",
    "QuestionBank",
    "Resource",
    "ShareComment",
    "SharedAnswer",
    "Step",
    "TextConflict",
    "TextExport",
    "TextImport",
    "TranslationState",
    "Why",
    "WithdrawnNumber",
]
