"""The story and the sandbox bank: programs of their own, called from here."""

from bank_adapters.sandbox.commands import sandbox
from livefreeze.demo.commands import story

__all__ = ["sandbox", "story"]
