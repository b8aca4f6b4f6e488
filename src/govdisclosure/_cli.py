"""The commands. Each stands in a module of its own and is registered here in one line."""

from __future__ import annotations

import click

from govdisclosure import __version__
from govdisclosure._cli_diff import diff_command
from govdisclosure._cli_explain import explain_command
from govdisclosure._cli_parse import parse_command
from govdisclosure._cli_validate import rules_command, validate_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Typed records out of China's yearly open-government reports (政府信息公开工作年度报告).

    Exit status: 0 clean, 1 doubts, 2 something could not be read.
    """


cli.add_command(parse_command)
cli.add_command(explain_command)
cli.add_command(validate_command)
cli.add_command(rules_command)
cli.add_command(diff_command)
