"""What the documents promise is there: every command and every check is named, every setting has its row."""

import re
from importlib import import_module

from review_app.checks import CHECKS
from review_app.cli import COMMANDS, main
from review_app.engines import ENGINES
from review_app.resources import TEMPLATES

ROOT = TEMPLATES.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"review-app {name}" in README, name


def test_every_command_and_option_has_help() -> None:
    pending = [(name, main.get_command(None, name)) for name in COMMANDS]  # type: ignore[arg-type]
    while pending:
        name, command = pending.pop()
        assert command is not None
        assert command.help, name
        for option in command.params:
            assert option.param_type_name == "argument" or getattr(option, "help", None), f"{name} {option.name}"
        pending += [(f"{name} {child}", found) for child, found in getattr(command, "commands", {}).items()]


def test_every_check_says_what_it_is_and_when_it_is_wrong() -> None:
    for name, check in CHECKS.items():
        module = import_module(check.look.__module__)
        assert check.title, name
        assert "rong" in (module.__doc__ or ""), f"{name}: its docstring does not say when it is wrong"


def test_every_engine_is_described() -> None:
    text = (ROOT / "docs" / "engines.md").read_text("utf-8")
    for name in ENGINES:
        assert f"`{name}`" in text, name


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for folder in sorted((ROOT / "review_app").glob("*/__init__.py")):
        name = folder.parent.name
        assert name.startswith("_") or f"`{name}`" in text or f"`{name}/" in text, name
