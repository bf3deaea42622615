"""Runs pytest after fetching what only tests need: Debian's Chromium and axe-core. Arguments go to pytest.

What cannot be had is said loudly and its tests are skipped; with CI=true nothing may be skipped, so there it is an error.
"""

import os
import shutil
import subprocess
import sys

from install import apt_install, say
from prepare import compile_messages
from stamps import ROOT

CI = os.environ.get("CI") == "true"
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def have_browser():
    if not any(map(shutil.which, BROWSERS)):
        apt_install("chromium", why="The browser tests need Chromium.")


def have_axe():
    if (ROOT / "node_modules" / "axe-core" / "axe.min.js").exists():
        return
    if not shutil.which("npm"):
        apt_install("npm", why="axe-core, which checks accessibility, comes by npm.")
    say("Installing axe-core …")
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=ROOT, check=True)


def missing(get):
    """The reason why `get` failed, or None."""
    try:
        get()
    except (SystemExit, OSError, subprocess.CalledProcessError) as failure:
        return str(failure)
    return None


def main(arguments):
    compile_messages()
    reasons = list(filter(None, map(missing, [have_browser, have_axe])))
    if reasons and CI:
        sys.exit("\n".join(reasons))
    for reason in reasons:
        say(f"\n*** SKIPPED: tests in the browser. {reason} ***\n")
    marks = ["-m", "not browser and not journey"] if reasons and "-m" not in arguments else []
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--ds=tests.settings",
        "-n",
        "2",
        "--dist",
        "worksteal",
        *marks,
        *arguments,
    ]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
