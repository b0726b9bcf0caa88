"""What a rule would do, were it in force now, to the accounts of the court: nothing is written."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import money
from livefreeze.flows import periods
from livefreeze.flows.transaction import reading
from livefreeze.rules import document as rule_documents
from livefreeze.rules import rule_effect
from livefreeze.rules.document import FreezeRule
from livefreeze.rules.rule_effect import PoolEffect, Summary
from livefreeze.store import claims, pools
from livefreeze.store.queries import rule_pools
from livefreeze.store.queries.viewer import Viewer

SAMPLE_MAX = 1_000
"""Of more pools so many are looked at: a share of them is then known to about three in a hundred, and the preview of a
court with a hundred thousand takes hardly longer than that of one with a thousand."""

CANDIDATE = "candidate"  # the rule that is not in force


class Preview(NamedTuple):
    """The effect on those looked at, out of so many."""

    currency: str
    of_count: int
    follows_rule: bool  # only those that follow this rule, or all accounts of the court, as if they did
    summary: Summary

    @property
    def is_sample(self) -> bool:
        """Whether there are more than were looked at."""
        return self.summary.count < self.of_count


def of_rule(document: Mapping[str, object], viewer: Viewer, *, court_rule_id: str | None) -> Preview:
    """The effect of a rule's document on the pools that follow the court's rule of this id.

    Where none follows it yet, and without an id, on all pools of the court, as if they did. Raises Problem for a
    document that is no rule, its field named.
    """
    rule = rule_documents.parse(document)
    with reading() as connection:
        follows_rule = court_rule_id is not None
        of_count = rule_pools.count(connection, viewer, currency=rule.currency, court_rule_id=court_rule_id)
        if follows_rule and not of_count:
            follows_rule, court_rule_id = False, None
            of_count = rule_pools.count(connection, viewer, currency=rule.currency, court_rule_id=None)
        effects: list[PoolEffect] = []
        for chunk in rule_pools.sample(connection, viewer, currency=rule.currency, court_rule_id=court_rule_id,
                                       of_count=of_count, count_max=SAMPLE_MAX):
            effects += _effects(connection, chunk, rule)
    unit_minor = 10 ** money.digits_of(rule.currency)
    return Preview(rule.currency, of_count, follows_rule, rule_effect.summary(effects, unit_minor=unit_minor))


def _effects(connection: Connection, pool_ids: list[str], rule: FreezeRule) -> list[PoolEffect]:
    found = pools.read_several(connection, pool_ids)
    on_pools = claims.of_pools(connection, pool_ids)
    effects = []
    for pool_id, pool in found.items():
        now = periods.as_of(connection, pool)
        facts = tuple(claim.facts for claim in on_pools[pool_id])
        then = periods.under(now, rule, rule_id=CANDIDATE)
        effects.append(rule_effect.of_pool(now.facts(facts), then.facts(facts)))
    return effects


def warnings(document: Mapping[str, object]) -> tuple[rule_documents.Caution, ...]:
    """What a court should know before it puts this rule in force."""
    return rule_documents.warnings(rule_documents.parse(document))
