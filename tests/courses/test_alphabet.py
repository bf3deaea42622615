import pytest

from courses.alphabet import initial, sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["able", "Élan", "entry", "zero"]),
        ("it", ["abilità", "è", "esame", "università"]),
        ("el", ["άδεια", "Αίτηση", "βιογραφικό", "Ωράριο", "CV", "ESCO"]),
        (
            "hu",
            [
                "ács",
                "adat",
                "cukor",
                "csoport",
                "gond",
                "gyakorlat",
                "öreg",
                "őz",
                "pálya",
                "sor",
                "szakma",
                "zár",
                "zseb",
            ],
        ),
        ("sv", ["arbete", "zon", "ålder", "ämne", "öppen"]),
    ],
)
def test_words_stand_as_in_a_dictionary(language, words):
    mixed = words[::-1]
    assert sorted(mixed, key=lambda word: sort_key(word, language)) == words


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("en", "émigré", "E"),
        ("el", "άδεια", "Α"),
        ("el", "CV", "C"),
        ("hu", "szakma", "Sz"),
        ("hu", "őszinte", "Ö"),
        ("hu", "állás", "A"),
        ("sv", "Ålder", "Å"),
        ("sv", "épok", "E"),
        ("en", "3 years", "Y"),
        ("en", "…", ""),
    ],
)
def test_a_word_stands_under_its_letter(language, word, letter):
    assert initial(word, language) == letter
