"""WebVTT captions: their spoken texts apart from their times."""


def cue_texts(vtt):
    """The spoken texts of a WebVTT file, in order."""
    return [text for _head, text in _cues(vtt) if text]


def replace_cues(vtt, new_texts):
    """`vtt` with its cue texts replaced, in order."""
    waiting = iter(new_texts)
    return "\n".join(head + ("\n" + next(waiting) if text else "") for head, text in _cues(vtt))


def _cues(vtt):
    """[(everything up to and with the line of times, text)], ending with what follows the last cue."""
    pairs, head, text, in_cue = [], [], [], False
    for line in [*vtt.split("\n"), None]:
        if in_cue and not line:
            pairs.append(("\n".join(head), "\n".join(text)))
            head, text, in_cue = [], [], False  # the empty line belongs to the next head
        if line is None:
            break
        if in_cue:
            text.append(line)
        else:
            head.append(line)
            in_cue = "-->" in line
    if head:
        pairs.append(("\n".join(head), ""))
    return pairs
