"""`python -m tests.integration.deploy.a_program FOLDER WORD`: notes what it finds itself to be, and does as told."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    folder, word = Path(sys.argv[1]), sys.argv[2]
    print("a word for the log of", word, flush=True)
    found = {
        "had_imported": "colorsys" in sys.modules,
        "told": os.environ.get("TOLD"),
        "session": os.getsid(0) == os.getpid(),
        "name": Path("/proc/self/cmdline").read_text().rstrip("\0"),
        "takes_children_as_usual": signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL,
        "held": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
    }
    draft = folder / f"{word}.draft"
    draft.write_text(json.dumps(found))
    draft.rename(folder / f"{word}.{os.getpid()}.json")
    if word.startswith("exits"):
        sys.exit(f"no such table: {word}")
    time.sleep(600)
