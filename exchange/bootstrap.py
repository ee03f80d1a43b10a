"""Make sure a command runs with the right packages: prepare .venv, then start again inside it.

Only the standard library is used here, and nothing of Django: on a fresh clone there is nothing else. Set
``EXCHANGE_VENV=0`` to use the environment of the calling Python as it is.
"""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    sys.exit("Exchange runs on Linux and macOS. On Windows, use the Windows Subsystem for Linux.")

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"
DEVELOPERS_COMMANDS = {"test", "lint"}
TRIES = 3
NO_PIP = (
    "This Python has neither venv's ensurepip nor pip, so the packages cannot be installed. "
    "On Debian and Ubuntu: apt-get install python3-venv. Then start again."
)


def main(argv: list[str]) -> None:
    """Run the command line in an environment that has what it needs."""
    command = argv[1] if len(argv) > 1 else "help"
    if command in ("help", "--help", "-h") and len(argv) <= 2:
        from exchange.overview import overview

        print(overview())
        return
    if os.environ.get("EXCHANGE_VENV") != "0":
        lists = [RUN, DEVELOP] if command in DEVELOPERS_COMMANDS else [RUN]
        if not all(is_ready(VENV, name) for name in lists):
            with lock(BASE / ".venv.lock"):
                prepare(VENV, lists)
        if Path(sys.prefix).resolve() != VENV.resolve():
            python = str(python_of(VENV))
            os.execv(python, [python, *argv])
    from exchange.command_line import execute

    execute(argv)


# What is there


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def stamp_of(environment: Path, name: str) -> Path:
    return environment / f"{name}.stamp"


def expected(environment: Path, name: str) -> dict[str, str]:
    """What the stamp says when the environment is right for this list of packages, as it stands now."""
    interpreter = os.path.realpath(python_of(environment))
    # An interpreter that is not the running one was identified when the stamp was written.
    same = interpreter == os.path.realpath(sys.executable)
    return {
        "interpreter": interpreter,
        "version": platform.python_version().rpartition(".")[0] if same else "",
        "requirements": hashlib.sha256((BASE / name).read_bytes()).hexdigest(),
    }


def read_stamp(environment: Path, name: str) -> dict[str, str] | None:
    """What the stamp says; nothing where there is none, or where the interpreter it names has gone or changed."""
    try:
        stamp = json.loads(stamp_of(environment, name).read_text())
    except (OSError, ValueError):
        return None
    now = expected(environment, name)
    usable = python_of(environment).exists() and stamp.get("interpreter") == now["interpreter"]
    return stamp if usable and now["version"] in ("", stamp.get("version")) else None


def is_ready(environment: Path, name: str) -> bool:
    """True when everything in this list of packages was installed to the end."""
    stamp = read_stamp(environment, name)
    return stamp is not None and stamp["requirements"] == expected(environment, name)["requirements"]


def write_stamp(environment: Path, name: str) -> None:
    """The last thing to be written: no stamp, no trust."""
    code = "import platform; print(platform.python_version().rpartition('.')[0])"
    version = subprocess.run([python_of(environment), "-c", code], capture_output=True, text=True, check=True)
    text = json.dumps({**expected(environment, name), "version": version.stdout.strip()})
    new = stamp_of(environment, f"{name}.new")
    new.write_text(text)
    new.replace(stamp_of(environment, name))


# What is to be done


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """One start at a time prepares the environment; the others wait and then find it ready."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is still preparing; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(environment: Path, lists: list[str]) -> None:
    """Bring the environment to what the lists say. A half-made one, without a usable stamp, is made anew."""
    missing = [name for name in lists if not is_ready(environment, name)]
    if not missing:
        return
    started = time.monotonic()
    if read_stamp(environment, RUN) is None:
        create(environment)
    # Both lists together: pip then holds the one to the versions of the other.
    touched = lists if DEVELOP in missing else missing
    for name in touched:
        stamp_of(environment, name).unlink(missing_ok=True)
    install(environment, touched)
    for name in touched:
        write_stamp(environment, name)
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def create(environment: Path) -> None:
    if environment.exists() and any(environment.iterdir()) and not (environment / "pyvenv.cfg").exists():
        sys.exit(f"{environment} exists and is not a virtual environment. Move it away and start again.")
    say(f"Creating the environment {environment.name} for Python {platform.python_version()}.")
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip and importlib.util.find_spec("pip") is None:
        sys.exit(NO_PIP)
    shutil.rmtree(environment, ignore_errors=True)
    venv.create(environment, symlinks=True, with_pip=has_ensurepip)


def pip_of(environment: Path) -> list[str]:
    """The environment's own pip, or where it has none the one of the running Python, told to work there."""
    python = str(python_of(environment))
    if subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0:
        return [python, "-m", "pip"]
    if importlib.util.find_spec("pip") is None:
        sys.exit(NO_PIP)
    return [sys.executable, "-m", "pip", "--python", python]


def install(environment: Path, lists: list[str]) -> None:
    """Install exactly what the lists pin, wheels only, checked by hash. Exits with pip's last words if it cannot."""
    command = [*pip_of(environment), "install", "--no-input", "--require-hashes", "--only-binary", ":all:"]
    for name in lists:
        command += ["-r", str(BASE / name)]
    say(f"Installing the packages of {' and '.join(lists)}. The first time this takes about half a minute.")
    for attempt in range(1, TRIES + 1):
        code, last_lines = run_pip(command)
        if code == 0:
            return
        if attempt < TRIES:
            say(f"That did not work; trying again ({attempt + 1} of {TRIES}).")
            time.sleep(3 * attempt)
    shown = "\n".join(last_lines)
    sys.exit(f"{shown}\n\nThe packages could not be installed; pip's last lines are above. Is the network there?")


def run_pip(command: list[str]) -> tuple[int, deque[str]]:
    """Run pip, say one line for each package it takes up, and keep the last lines in case it fails."""
    quiet = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_PROGRESS_BAR": "off", "PIP_QUIET": "0"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **quiet}
    )
    last_lines: deque[str] = deque(maxlen=15)
    assert process.stdout is not None  # noqa: S101  it was asked for
    for line in process.stdout:
        last_lines.append(line.rstrip())
        if line.startswith("Collecting "):
            say("  " + line.split()[1].partition("[")[0].replace("==", " "))
        elif line.startswith("Installing collected packages"):
            say("  writing files")
    return process.wait(), last_lines


def say(line: str) -> None:
    print(line, flush=True)
