"""`python -m deploy.local [up|stop|clean]`: start here, stop what runs here, or stop and forget all."""

from __future__ import annotations

import asyncio
import shutil
import sys

from deploy.local import postgres
from deploy.local.lock import stop_holder
from deploy.local.settings import LocalSettings
from deploy.local.up import up


def stop(settings: LocalSettings) -> int:
    if settings.home.exists() and stop_holder(settings.home):
        print("shangju has stopped")
    return 0


def clean(settings: LocalSettings) -> int:
    stop(settings)
    postgres.remove(settings.home)
    shutil.rmtree(settings.home, ignore_errors=True)
    return 0


def main() -> int:
    settings = LocalSettings()
    match sys.argv[1:]:
        case [] | ["up"]:
            return asyncio.run(up(settings))
        case ["stop"]:
            return stop(settings)
        case ["clean"]:
            return clean(settings)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
