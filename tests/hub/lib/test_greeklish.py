import pytest

from hub.lib.greeklish import sound_of_greek, sounds_of_latin


@pytest.mark.parametrize(
    ("greek", "ways"),
    [
        ("βιογραφικο", ["viografiko", "biografiko", "viographiko"]),
        ("συνεντευξη", ["synenteyksi", "sinentefxi", "synenteuksh", "sunenteuxi"]),
        ("εργασια", ["ergasia"]),
        ("κατωτατοσ", ["katotatos", "katwtatos"]),
        ("μισθοσ", ["misthos", "mis8os"]),
        ("μητροτητα", ["mitrotita", "mhtrothta"]),
        ("ψυχολογοσ", ["psychologos", "psixologos"]),
        ("μπορω", ["mporo", "borw"]),
        ("ευκολα", ["efkola", "eukola", "eykola"]),
        ("αφου", ["afou"]),
    ],
)
def test_however_it_is_written_it_sounds_as_the_greek_word(greek, ways):
    assert [way for way in ways if sound_of_greek(greek) not in sounds_of_latin(way)] == []


def test_other_words_sound_otherwise():
    assert sound_of_greek("συμβαση") not in sounds_of_latin("ergasia")
