"""The list of commands, and the door for Pythons that are too old."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from exchange import overview
from exchange.command_line import CommandLine

BASE = Path(__file__).resolve().parent.parent.parent


def test_every_command_of_ours_has_one_line_of_help():
    for package in overview.GROUPS:
        for name, text in overview.commands(package).items():
            assert re.fullmatch(r".{10,110}\.( .+)?", text), f"{package}: {name} needs a sentence as its `help`"


def test_our_commands_come_before_djangos():
    text = overview.overview()
    assert text.index("  up ") < text.index("Django's own commands")
    assert CommandLine(["manage.py", "help"]).main_help_text() == text


def test_a_package_without_commands_has_no_heading(tmp_path):
    assert "Address book" not in overview.overview(tmp_path)


def test_the_list_needs_nothing_installed():
    # -S leaves out every installed package, -I this folder too: that one is put back
    code = "import sys; sys.path.insert(0, '.'); from exchange.bootstrap import main; main(['manage.py'])"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=BASE, capture_output=True, text=True)
    assert done.stdout.startswith("Usage: python3 manage.py COMMAND"), done.stderr


def test_an_old_python_can_read_the_door_and_is_told():
    source = (BASE / "manage.py").read_text()
    ast.parse(source, feature_version=(3, 4))
    old = source.replace("(3, 11)", "(99, 0)").replace("3.11 or newer", "99 or newer")
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(r"Exchange needs Python 99 or newer; this is 3\.\d+\. Try: .*\n", done.stderr)
