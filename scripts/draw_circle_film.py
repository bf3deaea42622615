"""Draws content/files/circle.mp4: one action-learning round as a silent film of 24 seconds (needs Pillow and ffmpeg).

0–6 s six people take their seats · 6–12 s one brings a question to the middle · 12–18 s the others answer with open questions
· 18–24 s the arcs fade and a step lies before her.
"""

import math
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE, FPS, SECONDS = 640, 360, 2, 12, 24
PAPER, INK, LINE = "#f5f0e5", "#21393c", "#cfc8b6"
CLOTHES = ["#1f6f73", "#86406a", "#b27d22", "#5f7d38", "#4f6690", "#8a5a3a"]
SKIN = ["#a9714b", "#f0c8a4", "#7a4a30", "#d9a066", "#e8b48c", "#5d3826"]
MIDDLE = (320, 215)
SEATS = [
    (MIDDLE[0] + 215 * math.cos(math.radians(a)), MIDDLE[1] + 95 * math.sin(math.radians(a)))
    for a in (128, 197, 247, 293, 343, 52)
]
ASKER = 0


def ease(time, start, length):
    """0 before `start`, 1 after `start + length`, smooth between."""
    x = min(1, max(0, (time - start) / length))
    return x * x * (3 - 2 * x)


def blend(colour, share):
    """`colour` laid over the paper with a share from 0 to 1."""
    pairs = [[int(c[i : i + 2], 16) for c in (PAPER, colour)] for i in (1, 3, 5)]
    return tuple(round(low + (high - low) * share) for low, high in pairs)


class Frame:
    def __init__(self):
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def oval(self, x, y, rx, ry=None, fill=None, line=None, width=3):
        box = [v * SCALE for v in (x - rx, y - (ry or rx), x + rx, y + (ry or rx))]
        self.draw.ellipse(box, fill=fill, outline=line, width=width * SCALE if line else 0)

    def person(self, x, y, number, size=1.0):
        self.draw.chord(
            [v * SCALE for v in (x - 27 * size, y - 40 * size, x + 27 * size, y + 44 * size)],
            180,
            360,
            fill=CLOTHES[number],
        )
        self.oval(x, y - 50 * size, 14 * size, fill=SKIN[number])

    def arc(self, start, end, share, colour, bend=-60):
        """A curve from `start` towards `end`, drawn as far as `share`; gives back where it stops."""
        top = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + bend)
        steps = max(1, round(48 * share))
        points = [curve(start, top, end, share * i / steps) for i in range(steps + 1)]
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=colour, width=5 * SCALE, joint="curve")
        return points[-1]

    def step(self, x, y, share):
        for i, (dx, high) in enumerate([(0, 16), (32, 32)]):
            grown = high * ease(share, 0.25 * i, 0.75)
            box = [v * SCALE for v in (x + dx, y - grown, x + dx + 32, y)]
            if grown > 4:
                self.draw.rounded_rectangle(box, 3 * SCALE, fill=CLOTHES[ASKER])


def curve(a, b, c, t):
    return tuple((1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t * t * c[i] for i in (0, 1))


def draw(time):
    frame = Frame()
    frame.oval(*MIDDLE, 215, 95, line=LINE, width=2)
    frame.oval(*MIDDLE, 46, 21, fill=blend(CLOTHES[ASKER], 0.14))
    faded = 1 - ease(time, 18, 2)
    asked = ease(time, 7.5, 3)
    if asked and faded > 0.2:
        x, y = frame.arc(chest(ASKER), MIDDLE, asked, blend(CLOTHES[ASKER], faded))
        frame.oval(x, y, 8, fill=blend(CLOTHES[ASKER], faded))
    for number in range(1, 6):
        share = ease(time, 11.2 + number, 1.6)
        if share and faded > 0.2:
            frame.arc(chest(number), spot(number), share, blend(CLOTHES[number], 0.75 * faded), bend=-34)
            frame.oval(*spot(number), 7 * share, fill=blend(CLOTHES[number], faded))
    people(frame, time)
    frame.step(SEATS[ASKER][0] + 62, SEATS[ASKER][1] + 12, ease(time, 19.5, 3))
    return frame.image.resize((WIDTH, HEIGHT), Image.LANCZOS)


def people(frame, time):
    for number, (x, y) in sorted(enumerate(SEATS), key=lambda pair: pair[1][1]):
        come = ease(time, 0.7 * number, 1.9)
        far = 1 - come
        x, y = x + far * (x - MIDDLE[0]) * 1.1, y + far * (y - MIDDLE[1]) * 1.6
        if number == ASKER:
            glow = ease(time, 6, 1)
            frame.oval(x, y - 30, 62 * glow, fill=blend(CLOTHES[ASKER], 0.2)) if glow else None
        frame.person(x, y, number, 1.3 + (y - MIDDLE[1]) / 500)


def chest(number):
    return SEATS[number][0], SEATS[number][1] - 30


def spot(number):
    angle = math.radians(180 + 45 * number)
    return MIDDLE[0] + 30 * math.cos(angle), MIDDLE[1] + 13 * math.sin(angle)


def main(target):
    command = f"ffmpeg -y -loglevel error -f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {FPS} -i - -an -c:v libx264"
    command += " -preset veryslow -tune animation -crf 27 -pix_fmt yuv420p -map_metadata -1 -movflags +faststart"
    encoder = subprocess.Popen([*command.split(), target], stdin=subprocess.PIPE)
    for number in range(FPS * SECONDS):
        encoder.stdin.write(draw(number / FPS).tobytes())
    encoder.stdin.close()
    sys.exit(encoder.wait())


if __name__ == "__main__":
    main(str(Path(__file__).resolve().parent.parent / "content" / "files" / "circle.mp4"))
