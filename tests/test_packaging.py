"""What is packed: every module and grammar, in wheel and source archive, and it works where it is installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXAMPLE = ROOT / "examples" / "report-2023.txt"
MODULES = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "govdisclosure").rglob("*.py")}
GRAMMARS = {f"govdisclosure/grammars/{path.name}" for path in (ROOT / "grammars").glob("*.*")}


def test_the_packages_listed_are_those_in_the_tree() -> None:
    setuptools = PROJECT["tool"]["setuptools"]
    source = ROOT / "src"
    inside = {".".join(path.parent.relative_to(source).parts) for path in source.rglob("__init__.py")}
    mapped = {name for name, folder in setuptools["package-dir"].items() if (ROOT / folder / "__init__.py").is_file()}
    assert set(setuptools["packages"]) == inside | mapped
    assert "govdisclosure.grammars" in mapped


def test_every_extra_is_part_of_all() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    named = set(re.fullmatch(r"govdisclosure\[(.*)\]", everything).group(1).split(","))
    assert named == extras.keys() - {"all", "benchmark", "fuzz", "test"}


def test_the_typing_marker_is_there() -> None:
    assert (ROOT / "src" / "govdisclosure" / "py.typed").read_bytes() == b""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive and the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, ROOT)
    (archive,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return archive, wheel


@pytest.fixture(scope="module")
def installed(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that has the wheel, without extras."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(python, "-m", "pip", "install", "-q", archives[1])
    return python


@pytest.mark.slow
def test_the_wheel_has_every_file_and_no_other(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[1]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == MODULES | GRAMMARS | {"govdisclosure/py.typed"}


@pytest.mark.slow
def test_the_source_archive_has_what_the_wheel_needs(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    grammars = {f"grammars/{path.name}" for path in (ROOT / "grammars").glob("*.*")}
    assert names >= {"pyproject.toml", "LICENSE", "README.md"} | grammars | {f"src/{module}" for module in MODULES}


@pytest.mark.slow
def test_a_report_is_read_where_only_the_wheel_is(installed: Path, tmp_path: Path) -> None:
    program = (
        "import json, pathlib, sys, govdisclosure as gd\n"
        "json.dump(gd.parse(pathlib.Path(sys.argv[1])).to_dict(), sys.stdout)"
    )
    written = json.loads(run(installed, "-c", program, EXAMPLE, cwd=tmp_path))
    assert (written["year"], written["form"], len(written["cells"])) == (2023, "2021", 200)
    assert written["cells"]["proactive.licensing.decisions"]["value"] == 1364


@pytest.mark.slow
def test_the_command_names_the_extra_it_lacks(installed: Path, tmp_path: Path) -> None:
    for command in ([installed, "-m", "govdisclosure"], [installed.parent / "govdisclosure"]):
        done = try_run(*command, "parse", EXAMPLE, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert 'pip install "govdisclosure[cli]"' in done.stderr


def run(*command: object, cwd: Path | None = None) -> str:
    done = try_run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def try_run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Nothing of this tree is in reach of the command unless it is installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    words = [str(part) for part in command]
    return subprocess.run(words, capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=environment)
