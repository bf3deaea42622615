import pytest

from courses.captions import caption_faults, cue_texts, replace_cues

VTT = "WEBVTT\n\n1\n00:00.000 --> 00:06.000\nSix women arrive.\nThey sit.\n\n00:06.000 --> 00:12.000\n\n00:12.000 --> 00:18.000\nOne asks."


def test_the_spoken_texts_are_found_in_order():
    assert cue_texts(VTT) == ["Six women arrive.\nThey sit.", "One asks."]


def test_new_texts_take_their_places_and_the_times_stay():
    assert replace_cues(VTT, cue_texts(VTT)) == VTT
    assert replace_cues(VTT, ["Sei donne.", "Una chiede."]) == (
        "WEBVTT\n\n1\n00:00.000 --> 00:06.000\nSei donne.\n\n00:06.000 --> 00:12.000\n\n00:12.000 --> 00:18.000\nUna chiede."
    )


def with_cues(*cues):
    return "\n\n".join(["WEBVTT", *cues])


@pytest.mark.parametrize(
    "vtt",
    [
        VTT.replace("00:06.000 --> 00:12.000\n\n", ""),
        "\ufeffWEBVTT - A film\r\n\r\nNOTE by hand\r\n\r\n00:01.000 --> 00:02.000 align:start\r\nYes.\r\n",
        with_cues("STYLE\n::cue { color: red }", "one\n01:00:01.000 --> 01:00:02.500\nLate words."),
    ],
)
def test_sound_captions_have_no_faults(vtt):
    assert caption_faults(vtt) == []


@pytest.mark.parametrize(
    ("vtt", "said"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nYes.", "The first line of captions is WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nYes.", "The first line of captions is WEBVTT"),
        ("", "The first line of captions is WEBVTT"),
        ("WEBVTT", "There are no captions below the first line"),
        (with_cues("00:00:01,000 --> 00:00:02,000\nYes."), "Line 3: this looks like a file of type SRT"),
        (with_cues("00:1.0 --> 00:02.000\nYes."), "Line 3: these times cannot be read"),
        (with_cues("00:61.000 --> 00:99.000\nYes."), "Line 3: these times cannot be read"),
        (with_cues("00:03.000 --> 00:02.000\nYes."), "Line 3: this caption ends before it begins"),
        (
            with_cues("00:01.000 --> 00:04.000\nYes.", "00:03.000 --> 00:05.000\nNo."),
            "Line 6: this caption begins before",
        ),
        (with_cues("00:01.000 --> 00:04.000"), "Line 3: there are no words"),
        (with_cues("Words alone."), "Line 3: words without times"),
        (with_cues("00:01.000 --> 00:02.000\nYes.\n00:02.000 --> 00:03.000\nNo."), "Line 5: an empty line belongs"),
        ("WEBVTT\n\n" + "a" * 300_001, "These captions are longer than those of a film"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(vtt, said):
    (fault, *_more) = caption_faults(vtt)
    assert fault.startswith(said)


def test_the_same_fault_all_over_is_said_five_times():
    assert len(caption_faults(with_cues(*["00:01,000 --> 00:02,000\nYes."] * 40))) == 5
