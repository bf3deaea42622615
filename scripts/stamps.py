"""Skips work whose inputs have not changed. A stamp is a small file that holds a hash of the inputs of the last success."""

from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def digest(*patterns, also=""):
    """A hash over names, sizes and contents of the files that match, relative to the repository, and over `also`."""
    seen = sha256(also.encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        seen.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return seen.hexdigest()


class Stamp:
    def __init__(self, path, value):
        self.path, self.value = Path(path), value

    def holds(self):
        return self.path.exists() and self.path.read_text() == self.value

    def set(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value)
