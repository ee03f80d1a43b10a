"""A PostgreSQL server for the time of a test run, from the machine's own binaries."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=50"]
PEOPLE = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL on this machine; nothing where there is none."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))])
    if not found and (on_path := shutil.which("initdb")):
        found = [Path(on_path).resolve()]
    return found[-1].parent if found else None


def unprivileged() -> str | None:
    """The user to run as: PostgreSQL refuses root. Nothing where the current user will do."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in PEOPLE if name in known)


def run(program: Path, *arguments: str | Path, folder: Path, user: str | None) -> None:
    """Run one of PostgreSQL's programs as that user; RuntimeError with its own words when it fails."""
    who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, **who)
    if done.returncode:
        raise RuntimeError(f"{program.name}: {(done.stderr or done.stdout).strip()}")


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """Start a server that listens on a socket in a folder of its own; gives its address, and removes everything.

    Raises RuntimeError, in the server's own words, when it does not start.
    """
    user = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="exchange-pg-"))
    data = folder / "data"
    as_user: dict[str, Any] = {"folder": folder, "user": user}
    options = " ".join(f"-c {option}" for option in [*QUICK, f"unix_socket_directories={folder}"])
    encoding = ("--locale=C.UTF-8", "--encoding=UTF8")
    try:
        if user:
            shutil.chown(folder, user)
        run(programs / "initdb", "-D", data, "-U", "exchange", "-A", "trust", *encoding, "-N", **as_user)
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start", **as_user)
        try:
            yield f"postgresql://exchange@/exchange?host={folder}"
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", **as_user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
