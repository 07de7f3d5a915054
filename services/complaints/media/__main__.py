"""The limited process: file on stdin, clean file on stdout, one line of JSON on stderr.

    python -m services.complaints.media KIND MAX_PIXELS MAX_EDGE MEMORY_BYTES CPU_SECONDS FILE_BYTES

It binds itself before it reads the first byte; whoever started it also ends it when its time is over.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import sys


def main() -> None:
    kind, *numbers = sys.argv[1:]
    max_pixels, max_edge, memory_bytes, cpu_seconds, file_bytes = map(int, numbers)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    from services.complaints.media.cleaning import Bounds, clean
    from services.complaints.media.formats import NotTaken

    try:
        with os.fdopen(0, "rb") as source, os.fdopen(1, "r+b") as target:
            told = {"media_type": clean(kind, source, target, Bounds(max_pixels, max_edge))}
    except NotTaken as refused:
        told = {"refused": refused.code}
    except MemoryError:
        told = {"refused": "picture_too_large"}
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        told = {"no_room": os.strerror(error.errno)}
    sys.stderr.write(json.dumps(told))


if __name__ == "__main__":
    main()
