"""The list of commands, read from their source: it works before anything is installed or configured."""

import ast
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
GROUPS = {"exchange": "The site", "institutions": "Address book", "trips": "Trips and editions"}


def help_of(path: Path) -> str:
    """The `help` of the Command class in a file, as its source gives it; empty where it is not a plain string."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == "Command":
            for item in node.body:
                if isinstance(item, ast.Assign) and getattr(item.targets[0], "id", "") == "help":
                    return str(getattr(item.value, "value", ""))
    return ""


def commands(package: str, base: Path = BASE) -> dict[str, str]:
    """Name and first sentence of every command in a package, by name."""
    folder = base / package / "management" / "commands"
    paths = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    return {path.stem: " ".join(help_of(path).split()) for path in paths}


def overview(base: Path = BASE) -> str:
    """What `manage.py help` prints."""
    groups = {title: commands(package, base) for package, title in GROUPS.items()}
    width = max((len(name) for group in groups.values() for name in group), default=0)
    lines = ["Usage: python3 manage.py COMMAND [options]", "", "Start here: python3 manage.py up", ""]
    for title, group in groups.items():
        if group:
            lines += [title, *(f"  {name:{width}}  {text}".rstrip() for name, text in group.items()), ""]
    lines += [
        "Django's own commands work too, among them check, createsuperuser, dbshell, makemigrations, migrate, shell.",
        "`manage.py help --commands` names them all; `manage.py help COMMAND` explains one.",
    ]
    return "\n".join(lines)
