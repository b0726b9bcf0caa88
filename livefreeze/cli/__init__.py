"""The `livefreeze` command: one group of commands a subject, each with an example in its help."""

import click

from livefreeze.cli import audit, bank, database, openapi, processes, staff, story
from livefreeze.cli import court as court_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="livefreeze")
def main() -> None:
    """Salary accounts under court freeze: quotas, living allowance, sweeps.

    Settings are LIVEFREEZE_… variables, or a file that LIVEFREEZE_SETTINGS names. Exit status: 0 done,
    1 refused (the reason is printed), 2 wrong use.

    \b
    Example:
      livefreeze init && livefreeze serve
    """


for _command in (
    database.init, database.doctor, processes.serve, processes.worker, court_commands.court, staff.user, staff.token,
    bank.bank, audit.audit, openapi.openapi, story.story, story.sandbox,
):
    main.add_command(_command)
