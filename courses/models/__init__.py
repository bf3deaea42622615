from courses.models.pages import KitIndexPage, KitPage, LessonPage, ModulePage

__all__ = ["KitIndexPage", "KitPage", "LessonPage", "ModulePage"]
