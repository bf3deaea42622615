from courses.captions import cue_texts, replace_cues

VTT = "WEBVTT\n\n1\n00:00.000 --> 00:06.000\nSix women arrive.\nThey sit.\n\n00:06.000 --> 00:12.000\n\n00:12.000 --> 00:18.000\nOne asks."


def test_the_spoken_texts_are_found_in_order():
    assert cue_texts(VTT) == ["Six women arrive.\nThey sit.", "One asks."]


def test_new_texts_take_their_places_and_the_times_stay():
    assert replace_cues(VTT, cue_texts(VTT)) == VTT
    assert replace_cues(VTT, ["Sei donne.", "Una chiede."]) == (
        "WEBVTT\n\n1\n00:00.000 --> 00:06.000\nSei donne.\n\n00:06.000 --> 00:12.000\n\n00:12.000 --> 00:18.000\nUna chiede."
    )
