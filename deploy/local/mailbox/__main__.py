"""`python -m deploy.local.mailbox --folder DIR --smtp-port N --http-port N`"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import uvicorn

from deploy.local.mailbox.letters import Letters
from deploy.local.mailbox.smtp import open_door
from deploy.local.mailbox.web import application
from deploy.local.ports import HOST


async def serve(*, folder: Path, smtp_port: int, http_port: int) -> None:
    letters = Letters(folder)
    door = await open_door(letters, port=smtp_port)
    config = uvicorn.Config(application(letters), host=HOST, port=http_port, access_log=False)
    await uvicorn.Server(config).serve()
    door.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.mailbox", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    asyncio.run(serve(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
