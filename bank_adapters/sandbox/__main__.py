"""`python -m bank_adapters.sandbox`: the commands without the service being installed."""

from bank_adapters.sandbox.commands import sandbox

sandbox(prog_name="python -m bank_adapters.sandbox")
