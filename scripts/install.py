"""Makes .venv and installs the exact pins into it. Needs Python 3.11 or newer and nothing else.

python3 scripts/install.py requirements.txt [requirements-dev.txt]
"""

import os
import shutil
import subprocess
import sys

from stamps import ROOT, Stamp, digest

VENV = ROOT / ".venv"
# What hub.lib.pdf makes certificates with. Other fonts print wrong letters.
FOR_PDF = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"]
PYTHON = VENV / "bin" / "python"


def main(*files):
    if sys.version_info < (3, 11):
        sys.exit(f"The hub needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        make_venv()
    make_ready_for_pdf()
    done = Stamp(VENV / f"{files[-1]}.stamp", digest(*files, also=sys.version))
    if done.holds():
        return
    say(f"Installing {' and '.join(files)} into .venv (about a minute the first time) …")
    arguments = [part for name in files for part in ("-r", str(ROOT / name))]
    run(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments)
    done.set()


def make_venv():
    say("Making .venv …")
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True).returncode == 0:
        return
    # Debian keeps the part of venv that brings pip in a package of its own.
    shutil.rmtree(VENV, ignore_errors=True)
    apt_install("python3-venv", why="Python's venv module lacks pip.")
    run(sys.executable, "-m", "venv", str(VENV))


def make_ready_for_pdf():
    """A hub without them serves everything but certificates, which then wait; so nothing stops here."""
    found = shutil.which("fc-list") and subprocess.run(["fc-list", ":family=Noto Serif"], capture_output=True).stdout
    if found:
        return
    if root_prefix() is None or not shutil.which("apt-get"):
        say(f"Certificates wait until PDF can be made. Please run: sudo apt-get install {' '.join(FOR_PDF)}")
        return
    try:
        apt_install(*FOR_PDF, why="Certificates are made as PDF, in five alphabets.")
    except subprocess.CalledProcessError:
        say(f"These could not be installed, so certificates wait: {' '.join(FOR_PDF)}")


def apt_install(*packages, why):
    """Install Debian packages as root or by sudo without a question; otherwise stop and say what to install."""
    prefix = root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        sys.exit(f"{why} Please run: sudo apt-get install {' '.join(packages)}")
    say(f"{why} Installing {', '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment)
    command = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def root_prefix():
    """[] as root, ["sudo", "-n"] where that works without a question, None where neither does."""
    if os.geteuid() == 0:
        return []
    works = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if works else None


def say(line):
    print(line, flush=True)


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except subprocess.CalledProcessError as failure:
        sys.exit(f"This step failed: {' '.join(map(str, failure.cmd))}")
