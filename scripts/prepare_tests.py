"""Makes the databases that tests begin with beforehand: that of SQLite, and those at the addresses named, all at once.

prepare_tests.py [DATABASE_URL…]
"""

import os
import subprocess
import sys

from prepare import compile_messages
from stamps import ROOT


def main(*addresses):
    compile_messages()
    command = [sys.executable, "-m", "tests.databases"]
    environments = [{**os.environ, "DATABASE_URL": address} for address in ("", *addresses)]
    at_work = [subprocess.Popen(command, cwd=ROOT, env=environment) for environment in environments]
    return max(process.wait() for process in at_work)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
