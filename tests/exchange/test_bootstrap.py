"""The environment is made once, repaired when it is half made, and never trusted without its stamp."""

import json
import subprocess
import sys
import threading
import time

import pytest

from exchange import bootstrap


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with two empty lists of packages, and pip replaced by a note of what it was asked."""
    asked = []

    def run_pip(command):
        asked.append([part for part in command if part.endswith(".txt")])
        return 0, []

    for name in (bootstrap.RUN, bootstrap.DEVELOP):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(bootstrap, "BASE", tmp_path)
    monkeypatch.setattr(bootstrap, "run_pip", run_pip)
    monkeypatch.setattr(bootstrap, "create", lambda environment: quick_environment(environment))
    monkeypatch.setattr(bootstrap, "pip_of", lambda environment: ["pip"])
    return tmp_path, asked


def quick_environment(environment) -> None:
    (environment / "bin").mkdir(parents=True, exist_ok=True)
    bootstrap.python_of(environment).unlink(missing_ok=True)
    bootstrap.python_of(environment).symlink_to(sys.executable)
    (environment / "pyvenv.cfg").write_text("")


def lists(asked) -> list[list[str]]:
    return [[part.rpartition("/")[2] for part in call] for call in asked]


def test_the_second_start_does_nothing(project):
    folder, asked = project
    for _ in range(2):
        bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    assert lists(asked) == [[bootstrap.RUN]]


def test_looking_takes_milliseconds(project):
    folder, _ = project
    bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    started = time.perf_counter()
    assert bootstrap.is_ready(folder / ".venv", bootstrap.RUN)
    assert time.perf_counter() - started < 0.05


def test_a_developers_command_adds_its_list_and_keeps_the_versions_together(project):
    folder, asked = project
    bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    bootstrap.prepare(folder / ".venv", [bootstrap.RUN, bootstrap.DEVELOP])
    assert lists(asked) == [[bootstrap.RUN], [bootstrap.RUN, bootstrap.DEVELOP]]
    assert bootstrap.is_ready(folder / ".venv", bootstrap.DEVELOP)


def test_a_changed_list_is_installed_again(project):
    folder, asked = project
    bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    (folder / bootstrap.RUN).write_text("# changed\n")
    assert not bootstrap.is_ready(folder / ".venv", bootstrap.RUN)
    bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    assert len(asked) == 2


@pytest.mark.parametrize("damage", ["no stamp", "torn stamp", "other version", "no interpreter"])
def test_a_half_made_environment_is_made_anew(project, monkeypatch, damage):
    folder, _ = project
    environment, made = folder / ".venv", []
    bootstrap.prepare(environment, [bootstrap.RUN])
    stamp = bootstrap.stamp_of(environment, bootstrap.RUN)
    if damage == "no stamp":
        stamp.unlink()
    elif damage == "torn stamp":
        stamp.write_text(stamp.read_text()[:20])
    elif damage == "other version":
        stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "version": "3.10"}))
    else:
        bootstrap.python_of(environment).unlink()
    monkeypatch.setattr(bootstrap, "create", lambda path: made.append(path) or quick_environment(path))
    bootstrap.prepare(environment, [bootstrap.RUN])
    assert made == [environment]
    assert bootstrap.is_ready(environment, bootstrap.RUN)


def test_a_failed_installation_leaves_no_stamp_and_says_what_pip_said(project, monkeypatch):
    folder, _ = project
    tries = []
    monkeypatch.setattr(bootstrap, "run_pip", lambda command: tries.append(1) or (1, ["no route to host"]))
    monkeypatch.setattr(bootstrap.time, "sleep", lambda seconds: None)
    with pytest.raises(SystemExit, match=r"no route to host[\s\S]*Is the network there"):
        bootstrap.prepare(folder / ".venv", [bootstrap.RUN])
    assert len(tries) == bootstrap.TRIES
    assert not bootstrap.is_ready(folder / ".venv", bootstrap.RUN)


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path):
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(SystemExit, match="is not a virtual environment"):
        bootstrap.create(tmp_path)
    assert (tmp_path / "thesis.odt").exists()


def test_without_any_pip_one_sentence_names_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        bootstrap.create(tmp_path / ".venv")


def test_without_ensurepip_the_calling_pythons_pip_works_in_the_environment(tmp_path, monkeypatch):
    real = bootstrap.importlib.util.find_spec
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))
    if real("pip") is None:
        pytest.skip("this environment has no pip of its own to borrow")
    bootstrap.create(tmp_path / ".venv")
    command = [*bootstrap.pip_of(tmp_path / ".venv"), "list", "--format=json"]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout) == []


def test_a_second_start_waits_for_the_first(tmp_path, capsys):
    order = []

    def second() -> None:
        with bootstrap.lock(tmp_path / "lock"):
            order.append("second")

    with bootstrap.lock(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
    assert "Another start is still preparing" in capsys.readouterr().out


def test_pips_talk_becomes_one_line_for_each_package(capsys):
    talk = "Looking in links: /x\nCollecting psycopg[binary]==3.3.9 (from -r x)\nInstalling collected packages: x\n"
    code, last = bootstrap.run_pip([sys.executable, "-c", f"print({talk!r}, end='')"])
    assert (code, len(last)) == (0, 3)
    assert capsys.readouterr().out == "  psycopg\n  writing files\n"
