import pytest

from hub.lib.wording import faults, make_term, uses

ENGLISH = "You choose when you learn, where you write and how you keep it private."
GOOD = {
    "it": "Scegli tu quando imparare, dove scrivere e come proteggere la tua riservatezza.",
    "el": "Εσύ διαλέγεις πότε μαθαίνεις, πού γράφεις και πώς το κρατάς ιδιωτικό.",
    "hu": "Te választod meg, mikor tanulsz, hová írsz, és hogyan marad ez a tiéd.",
    "sv": "Du väljer när du lär dig, var du skriver och hur du håller det privat.",
}


@pytest.mark.parametrize("language", GOOD)
def test_a_good_translation_has_no_fault(language):
    assert faults(ENGLISH, GOOD[language], language) == []


@pytest.mark.parametrize(("language", "other"), [("it", "sv"), ("el", "hu"), ("hu", "it"), ("sv", "el")])
def test_another_language_is_noticed(language, other):
    assert faults(ENGLISH, GOOD[other], language) == [f"reads like “{other}”"]


def test_english_left_as_it_is_is_noticed_from_three_words_on():
    assert faults("Open the door", "Open <b>the</b> door", "sv") == ["is the English text"]
    assert faults("Meridian", "Meridian", "sv") == []
    assert faults(ENGLISH, ENGLISH, "sv") == ["reads like “en”", "is the English text"]


@pytest.mark.parametrize("text", ["Du väljer när, var och hur.", GOOD["sv"] * 3], ids=["cut", "padded"])
def test_an_odd_length_is_noticed(text):
    assert [fault.split(" letters")[1] for fault in faults(ENGLISH, text, "sv")] == [
        " for each letter of the English text"
    ]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("it", "Scrive «sì».", 0),
        ("it", "Scrive “sì”.", 0),
        ("it", "Scrive „sì”.", 1),
        ("hu", "Azt írja: „igen”.", 0),
        ("hu", "Azt írja: “igen”.", 1),
        ("sv", "Hon skriver ”ja”.", 0),
        ("sv", 'Hon skriver "ja".', 1),
        ("el", "Γράφει «ναι».", 0),
        ("el", "Γράφει „ναι“.", 1),
    ],
)
def test_quotation_marks_are_those_of_the_language(language, text, number):
    assert len(faults("She writes “yes”.", text, language)) == number


def test_marks_in_addresses_and_tags_do_not_count():
    assert faults("See this", 'Se <a id="a1">det</a> här', "sv") == []


def test_two_spaces_are_noticed():
    assert faults("Go on.", "Gå  vidare.", "sv") == ["has two spaces in a row"]


@pytest.mark.parametrize(
    ("english", "translation", "text", "there"),
    [
        ("booklet", "quaderno", "I tuoi quaderni", True),
        ("booklet", "quaderno", "Il tuo libretto", False),
        ("open question", "öppen fråga", "Ställ öppna frågor", True),
        ("open question", "öppen fråga", "Ställ frågor", False),
        ("job interview", "συνέντευξη για δουλειά", "Μια συνέντευξη για δουλειά", True),
        ("key idea", "kulcsgondolat", "A kulcsgondolatok", True),
        ("moderator", "moderatrice / moderatore; neutro: moderazione", "Lo vede la moderazione", True),
        ("CV", "cv", "Ditt CV", True),
        ("mentor", "μέντορας (η/ο)", "Η μέντοράς σου", True),
    ],
)
def test_terms_are_found_in_any_form(english, translation, text, there):
    assert uses(make_term(english, translation), f"Your {english} is here.", text) is there


def test_a_text_without_the_term_is_no_use_of_it():
    term = make_term("forum", "forum")
    assert uses(term, "A kit for you", "Ett paket") is None
    assert uses(term, "Several forums", "Flera forum") is True
    assert uses(term, "The forum-like page", "En sida") is None
