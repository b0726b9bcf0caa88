"""The `livefreeze` command: one group of commands a subject, each with an example in its help."""

import click


class Commands(click.Group):
    """The commands by name. The file of one is imported when it is called, so that each starts quickly."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in the order in which they are needed."""
        return ["init", "doctor", "serve", "worker", "court", "user", "token", "bank", "message", "inquiry", "audit",
                "openapi", "rules", "claims", "distribution", "several", "story", "demo", "sandbox"]  # fmt: skip

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command of this name; None where there is none."""
        match name:
            case "init" | "doctor":
                from livefreeze.cli import database as subject
            case "serve" | "worker":
                from livefreeze.cli import processes as subject
            case "court":
                from livefreeze.cli import court as subject
            case "user" | "token":
                from livefreeze.cli import staff as subject
            case "bank":
                from livefreeze.cli import bank as subject
            case "message":
                from livefreeze.cli import message as subject
            case "inquiry":
                from livefreeze.cli import inquiry as subject
            case "audit":
                from livefreeze.cli import audit as subject
            case "openapi":
                from livefreeze.cli import openapi as subject
            case "rules":
                from livefreeze.cli import rules as subject
            case "claims" | "distribution":
                from livefreeze.cli import claims as subject
            case "several":
                from livefreeze.cli import several as subject
            case "story":
                from livefreeze.demo import commands as subject
            case "demo":
                from livefreeze.demo.town import commands as subject
            case "sandbox":
                from bank_adapters.sandbox import commands as subject
            case _:
                return None
        return getattr(subject, name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="livefreeze")
def main() -> None:
    """Salary accounts under court freeze: quotas, living allowance, sweeps.

    Settings are LIVEFREEZE_… variables, or a file that LIVEFREEZE_SETTINGS names. Exit status: 0 done,
    1 refused (the reason is printed), 2 wrong use.

    \b
    Example:
      livefreeze init && livefreeze serve
    """
