from courses.models.loaded import LoadedText
from courses.models.pages import KitIndexPage, KitPage, LessonPage, ModulePage
from courses.models.records import Answer, Enrolment, LessonProgress

__all__ = ["Answer", "Enrolment", "KitIndexPage", "KitPage", "LessonPage", "LessonProgress", "LoadedText", "ModulePage"]
