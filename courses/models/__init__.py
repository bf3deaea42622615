from courses.models.answers import Answer, ForgottenAnswer
from courses.models.banks import QuestionBank
from courses.models.enrolments import Enrolment, EnrolmentChange, EnrolmentInvitation, EnrolmentTerms, Why
from courses.models.loaded import LoadedText
from courses.models.pages import KitIndexPage, KitPage, LessonPage, ModulePage
from courses.models.plans import CalendarFeed, Goal, Step
from courses.models.records import Completion, LessonProgress

__all__ = [
    "Answer",
    "CalendarFeed",
    "Completion",
    "Enrolment",
    "EnrolmentChange",
    "EnrolmentInvitation",
    "EnrolmentTerms",
    "ForgottenAnswer",
    "Goal",
    "KitIndexPage",
    "KitPage",
    "LessonPage",
    "LessonProgress",
    "LoadedText",
    "ModulePage",
    "QuestionBank",
    "Step",
    "Why",
]
