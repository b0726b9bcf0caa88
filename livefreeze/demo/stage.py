"""Who acts in the story: the people of the court and the banks, in a world whose clock the scenes move."""

import hashlib
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from livefreeze.demo import cast
from livefreeze.demo.client import Client
from livefreeze.demo.screen import Screen
from livefreeze.demo.world import World

ZONE = ZoneInfo("Asia/Shanghai")


class Stage:
    """Everybody as a client of public HTTP, and the screen on which it is told."""

    def __init__(self, world: World, screen: Screen) -> None:
        self.processes = world.processes
        self.screen = screen
        self.bank, self.late_bank, self.other_bank = (Client(world.bank_urls[code]) for code in cast.BANKS)
        self.clerk, self.judge, self.finance, self.auditor = (
            Client(world.service_url, world.tokens[role]) for role in cast.STAFF
        )
        self._clock = world.clock

    def scene(self, when: datetime, title: str, title_zh: str) -> None:
        """Let it be this instant, and head a scene with it."""
        self._clock.move_to(when)
        self.screen.scene(when, title, title_zh)

    def approve(self, proposal: dict) -> None:
        """The judge reads the proposal and approves what was read, whatever the digest of anybody else says."""
        read = self.judge.get(f"/court/v1/proposals/{proposal['id']}")["document"]
        text = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        self.judge.post(f"/court/v1/proposals/{proposal['id']}/approve", {"digest": digest})
