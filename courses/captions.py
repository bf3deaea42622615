"""WebVTT captions: their spoken texts apart from their times, and what is wrong with them."""

import re

from django.utils.translation import gettext as _

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+\S.*)?$")
NO_CUE = ("NOTE", "STYLE", "REGION")
LONGEST = 300_000  # characters; a film of an hour has about 60,000
MOST_FAULTS = 5  # said at once; the rest is usually the same again


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


# Checking ------------------------------------------------------------------------------------------------


def caption_faults(vtt):
    """What is wrong with a WebVTT text, in words: the line and what to do. Empty when a browser can show all of it."""
    lines = vtt.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if len(vtt) > LONGEST:
        return [_("These captions are longer than those of a film of several hours. Please look at the file.")]
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        return [_("The first line of captions is WEBVTT. Please write it above everything else.")]
    found = list(_faults(_groups(lines)))
    if not found and not any("-->" in line for line in lines):
        found = [_("There are no captions below the first line.")]
    return found[:MOST_FAULTS]


def _groups(lines):
    """[(number of its first line, its lines)] of what stands between empty lines, without the head."""
    groups, group = [], []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            group.append((number, line))
        elif group:
            groups.append(group)
            group = []
    return groups[1:] if groups and groups[0][0][0] == 1 else groups


def _faults(groups):
    before = 0.0
    for group in groups:
        if group[0][1].startswith(NO_CUE) and not any("-->" in line for _number, line in group):
            continue
        timed = next((place for place, (_number, line) in enumerate(group[:2]) if "-->" in line), None)
        if timed is None:
            yield _("Line %(line)d: words without times. Above them belongs a line such as %(sample)s.") % {
                "line": group[0][0],
                "sample": "00:05.000 --> 00:09.000",
            }
            continue
        message, before = _cue_fault(group, timed, before)
        if message:
            yield message


def _cue_fault(group, timed, before):
    """(what is wrong with one caption or "", when it ends or the one before ended)."""
    number, line = group[timed]
    if not (times := TIMES.match(line.strip())):
        return time_fault(number, line), before
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    at = {"line": number}
    if end <= start:
        return _("Line %(line)d: this caption ends before it begins. Please look at its two times.") % at, before
    if start < before:
        return _("Line %(line)d: this caption begins before the one above it has ended.") % at, max(before, end)
    if len(group) == timed + 1:
        return _("Line %(line)d: there are no words below these times.") % at, end
    if more := [n for n, text in group[timed + 1 :] if "-->" in text]:
        return _("Line %(line)d: an empty line belongs above the times of a new caption.") % {"line": more[0]}, end
    return "", end


def time_fault(number, line):
    at = {"line": number, "sample": "00:05.000 --> 00:09.000"}
    if re.search(r"\d,\d{3}", line):
        return _("Line %(line)d: this looks like a file of type SRT. Write times with a full stop: %(sample)s.") % at
    return _("Line %(line)d: these times cannot be read. Write them like this: %(sample)s.") % at


def _seconds(parts):
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
