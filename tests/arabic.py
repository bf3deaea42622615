"""A hub with a sixth language, written from the right: its settings, and a short real translation of the first lesson."""

from django.conf import settings as hub_settings
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from hub import languages
from hub.templatetags import hub_tags

SIX = [*hub_settings.LANGUAGES, ("ar", "العربية")]
# English -> Arabic. Whatever stands not here is left in English.
WORDS = {
    "Meridian": "ميريديان",
    "A free place to learn, for women who studied or worked in science, technology, engineering or maths in another "
    "country, and for the professionals who work with them. In English, Italian, Greek, Hungarian and Swedish.": (
        "مكان مجاني للتعلّم، للنساء اللواتي درسن أو عملن في العلوم أو التقنية أو الهندسة أو الرياضيات في بلد آخر، "
        "وللمختصين الذين يعملون معهن."
    ),
    "How it works": "كيف يعمل هذا المكان",
    "Choose a kit": "اختاري دورة",
    "Need help now?": "هل تحتاجين إلى مساعدة الآن؟",
    "If you are in danger now": "إذا كنتِ في خطر الآن",
    "The kits": "الدورات",
    "Your next step": "خطوتك التالية",
    "You see clearly what you bring, choose a direction and take your next steps at work in a new country.": (
        "ترين بوضوح ما لديكِ، وتختارين اتجاهًا، وتخطين خطواتك التالية في العمل في بلد جديد."
    ),
    "Start where you are": "ابدئي من حيث أنتِ",
    "You choose how you use this kit, and you gather what you bring from study, work, home and moving.": (
        "تختارين كيف تستخدمين هذه الدورة، وتجمعين ما لديكِ من الدراسة والعمل والبيت والانتقال."
    ),
    "Your kit, your pace": "دورتك على إيقاعك",
    "You choose when you learn, where you write and how you keep it private.": (
        "تختارين متى تتعلّمين وأين تكتبين وكيف تحافظين على خصوصية ما تكتبين."
    ),
    "The bus leaves in four minutes. The ride takes twenty. You have your phone in one hand and a bag in the other. Can "
    "you work on your career here?": (
        "تغادر الحافلة بعد أربع دقائق، والطريق عشرون دقيقة. الهاتف في يد والحقيبة في الأخرى. هل يمكنكِ أن تعملي على مسارك "
        "المهني هنا؟"
    ),
    "Yes. A lesson takes 12 to 15 minutes. You can stop in the middle and go on tomorrow. In this first lesson you decide "
    "three things: when you learn, where you write, and what you do when you want to leave the page fast.": (
        "نعم. يستغرق الدرس من 12 إلى 15 دقيقة، ويمكنكِ أن تتوقفي في منتصفه وتكملي غدًا. في هذا الدرس الأول تقررين ثلاثة "
        "أمور: متى تتعلّمين، وأين تكتبين، وماذا تفعلين إذا أردتِ مغادرة الصفحة بسرعة."
    ),
    "Small moments that come back": "لحظات صغيرة تتكرر",
    "You read": "تقرئين",
    "A situation first, then a few short parts.": "موقف أولًا، ثم بضعة أجزاء قصيرة.",
    "You check yourself": "تتحققين من فهمك",
    "You do one thing": "تفعلين شيئًا واحدًا",
    "You keep one idea": "تحتفظين بفكرة واحدة",
    "Where you stand today": "أين تقفين اليوم",
    "not yet": "ليس بعد",
    "a little": "قليلًا",
    "mostly": "غالبًا",
    "yes": "نعم",
    "Where your words go": "أين يذهب ما تكتبين",
}


def add_arabic(settings):
    """Name the sixth language in the settings, as LANGUAGES would; `forget_languages` afterwards."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = settings.WAGTAILADMIN_PERMITTED_LANGUAGES = SIX
    forget_languages()


def forget_languages():
    """What is kept in memory for the languages of a process, which never change while it lives."""
    languages.alternates_from.cache_clear()
    hub_tags.frame_html.cache_clear()


def translate(page, words=WORDS):
    """Translate into Arabic what `words` knows of an English page, and publish the page; how many texts were translated."""
    locale = Locale.objects.get(language_code="ar")
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    rows = [
        StringTranslation(
            translation_of=segment.string, locale=locale, context=segment.context, data=words[segment.string.data]
        )
        for segment in segments
        if segment.string.data in words
    ]
    StringTranslation.objects.bulk_create(rows)
    translation.save_target(publish=True)
    return len(rows)


def in_arabic(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="ar")
