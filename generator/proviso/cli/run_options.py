"""What `proviso run` is asked."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from proviso_runtime import amounts, batches

Command = TypeVar("Command", bound=Callable[..., object])


def _amount(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Hold an amount of money to what is one."""
    if value is not None:
        try:
            amounts.amount("it", value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is no amount such as 5 or 0.25") from None
    return value


_OPTIONS = (
    click.option(
        "--params",
        type=click.File("rb"),
        required=True,
        metavar="FILE",
        help="One JSON object of flat params a line; - for standard input.",
    ),
    click.option(
        "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the results."
    ),
    click.option(
        "--max-cost", metavar="AMOUNT", callback=_amount, help="What all of it may cost, earlier runs included, in the currency of the quotes."
    ),
    click.option(
        "--concurrency", type=click.IntRange(1, 100_000), default=16, show_default=True, help="Jobs in flight at once."
    ),
    click.option(
        "--timeout", type=click.FloatRange(0), metavar="SECONDS", help="How long to wait for each job (default: as documented)."
    ),
    click.option("--dry-run", is_flag=True, help="Say what would be sent and what it would cost, and stop. Needs no key."),
    click.option("--skip-invalid", is_flag=True, help="Leave out lines that are wrong, instead of sending nothing."),
    click.option("--allow-unknown-price", is_flag=True, help="Send also what nobody knows the price of."),
    click.option("--retry-failed", is_flag=True, help="Send again what has ended without a result. It may cost money again."),
    click.option(
        "--retry-unknown",
        is_flag=True,
        help="Send again what nobody knows the outcome of. What was accepted all the same is then paid for twice.",
    ),
    click.option("--base-url", metavar="URL", help="Another address than the documented one, such as a mock's."),
    click.option(
        "--ledger", metavar="PATH|URL", help="The ledger, a file or a database; the same in every run (default: yours)."
    ),
)  # fmt: skip


def all_of_them(command: Command) -> Command:
    """Add the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command is asked. again: the command itself, to be typed again."""

    model: str
    params: BinaryIO
    out: Path
    choices: batches.Choices
    concurrency: int
    timeout: float | None
    dry_run: bool
    base_url: str | None
    ledger: str | None
    package: str
    form: str
    again: str


def asked(given: dict[str, Any]) -> Asked:
    """Sort what click has read."""
    return Asked(
        choices=batches.Choices(
            max_cost=given.pop("max_cost"),
            skip_invalid=given.pop("skip_invalid"),
            allow_unknown_price=given.pop("allow_unknown_price"),
            retry_failed=given.pop("retry_failed"),
            retry_unknown=given.pop("retry_unknown"),
        ),
        again=_again(click.get_current_context()),
        **given,
    )


def _again(context: click.Context) -> str:
    """Give the command as it is typed, but for what is meant for once."""
    words = ["proviso", "run"]
    for parameter in context.command.params:
        name, value = parameter.name or "", context.params.get(parameter.name or "")
        source = context.get_parameter_source(name)
        if source is not click.core.ParameterSource.COMMANDLINE or name in ("retry_failed", "retry_unknown"):
            continue
        if isinstance(parameter, click.Argument):
            words.append(str(value))
        elif value is True:
            words.append(parameter.opts[0])
        else:
            text = getattr(value, "name", value) if name == "params" else value
            words += [parameter.opts[0], "-" if text == "<stdin>" else str(text)]
    return shlex.join(words)
