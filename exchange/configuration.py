"""What `manage.py up` configures by itself: var/exchange.env, and the address of this run."""

import argparse
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from exchange.bootstrap import BASE

HOST, PORT = "127.0.0.1", 8000
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104  to recognise them, not to bind to them
HEADING = """\
# Written by the first `manage.py up`, read by every command in this folder. The environment wins over this file.
# While SITE_URL is an address of this machine, `up` keeps it at the port it serves on.
# It holds a secret: keep it private, and keep a copy with your backups. docs/deploy.md explains each line.
"""


def add_address(parser: argparse.ArgumentParser) -> None:
    """The two options that say where the site listens."""
    parser.add_argument("--host", default=HOST, help=f"address to listen on ({HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")


def is_loopback(address: str) -> bool:
    """True for an address that only this machine reaches."""
    return urlsplit(address).hostname in LOOPBACK


def env_file() -> Path:
    """The file of variables, whether or not it is there."""
    return Path(os.environ.get("EXCHANGE_ENV") or BASE / "var" / "exchange.env")


def local_address(host: str, port: int) -> str:
    """The address under which a browser on this machine reaches a server that listens there."""
    name = HOST if host in EVERY_ADDRESS else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def read(path: Path) -> dict[str, str]:
    """The variables of a file of NAME=value lines; none where there is no file."""
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip(): value.strip() for name, equals, value in pairs if equals and name[:1] != "#"}


def write(path: Path, values: dict[str, str]) -> None:
    """Write the file, readable by its owner only. It never replaces one that is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = HEADING + "".join(f"{name}={value}\n" for name, value in values.items())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def change(path: Path, name: str, value: str) -> None:
    """Give one variable another value; all else in the file, its owner and its mode stay as they are."""
    lines = path.read_text(encoding="utf-8").splitlines()
    is_ours = [line.partition("=")[0].strip() == name for line in lines]
    place = is_ours.index(True) if True in is_ours else len(lines)
    kept = [line for line, ours in zip(lines, is_ours, strict=True) if not ours]
    kept.insert(place, f"{name}={value}")
    with path.open("r+", encoding="utf-8") as file:
        file.write("\n".join(kept) + "\n")
        file.truncate()  # last, so that the secret is in the file at every moment


def defaults(here: str) -> dict[str, str]:
    """What a site on this machine starts with."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": "sqlite:///var/exchange.sqlite3",
        "SITE_URL": here,
    }


def stand_in() -> None:
    """Enough of a configuration to explain commands before anything is configured. It writes nothing."""
    for name, value in defaults(local_address(HOST, PORT)).items():
        os.environ.setdefault(name, value)


followed = ""  # what `configure` made SITE_URL; empty where the environment or the file decides


def configure(arguments: list[str]) -> None:
    """Make what `up` needs where nothing says otherwise, and let a local SITE_URL follow --host and --port.

    A variable that the environment sets is left out of the file: the next start might not set it, and must then
    fail rather than go on with another database.
    """
    global followed
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_address(parser)
    options, _ = parser.parse_known_args(arguments)
    here = local_address(options.host, options.port)
    path = env_file()
    wanted = {name: value for name, value in defaults(here).items() if name not in os.environ}
    if wanted and not path.exists():
        write(path, wanted)
    followed = ""
    if "SITE_URL" not in os.environ and is_loopback(read(path).get("SITE_URL", here)):
        os.environ["SITE_URL"] = followed = here


def keep_address() -> str:
    """Write the address that is served into the file, so that `invite` links to it. Says so where that is impossible.

    Only a loopback address: with any other one in the file, the next start would no longer follow --host and --port.
    """
    path = env_file()
    if not is_loopback(followed) or not path.exists() or read(path).get("SITE_URL") == followed:
        return ""
    try:
        change(path, "SITE_URL", followed)
    except OSError as error:
        return f"{path} cannot be changed ({error.strerror}): links in mails go on leading to the address it names."
    return ""
