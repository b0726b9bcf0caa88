"""Make and check what the service stands on: settings, keys, database."""

from collections.abc import Callable
from typing import NamedTuple

from livefreeze.base import clock, master_keys
from livefreeze.cli.answering import NO_DATABASE, Answer, Refused, command
from livefreeze.flows import banks
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.settings import load as load_settings
from livefreeze.store import engine as store_engine


@command("init")
def init() -> Answer:
    """Create the database or bring it to the newest schema; make master keys where none are.

    \b
    Example:
      LIVEFREEZE_ENVIRONMENT=development livefreeze init
    """
    settings = load_settings()
    made_keys = _make_keys(settings)
    store_engine.upgrade(settings.database_url)
    document = {"master_key_file": str(settings.master_key_file), "made_keys": made_keys}
    lines = ["The database has the newest schema."]
    if made_keys:
        lines.append(f"New master keys are in {settings.master_key_file}: back them up apart from the database.")
    return Answer("\n".join(lines), document)


class Check(NamedTuple):
    """One thing that must be so, and how to mend it."""

    name: str
    is_good: bool
    sentence: str


@command("doctor")
def doctor() -> Answer:
    """Check settings, keys and database, and say how to mend what is wrong.

    \b
    Example:
      livefreeze doctor
    """
    settings = load_settings()
    checks = [Check("settings", True, f"environment {settings.environment}, banks call {settings.public_url}")]
    for name, look in (("master keys", _look_at_keys), ("database", _look_at_database), ("clock", _look_at_clock)):
        checks.append(_check(name, look, settings))
        if not checks[-1].is_good:
            break  # what follows stands on it
    lines = [f"{'ok  ' if check.is_good else 'FAIL'}  {check.name}: {check.sentence}" for check in checks]
    document = {"checks": [check._asdict() for check in checks]}
    return Answer("\n".join(lines), document, all(check.is_good for check in checks))


def _make_keys(settings: Settings) -> bool:
    if settings.master_key_file.exists():
        master_keys.load(settings.master_key_file)  # raises what is wrong with it
        return False
    if store_engine.has_schema(settings.database_url):
        raise Refused(
            f"The database exists, but its master key file {settings.master_key_file} does not: new keys could not"
            " read it. Restore the file, or name another database."
        )
    settings.master_key_file.absolute().parent.mkdir(parents=True, exist_ok=True)
    master_keys.create(settings.master_key_file)
    return True


def _check(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except Exception as error:  # whatever is wrong, the doctor says so
        return Check(name, False, str(error) or type(error).__name__)


def _look_at_keys(settings: Settings) -> str:
    keys = master_keys.load(settings.master_key_file)
    return f"{settings.master_key_file} holds {len(keys.secrets)}, key {keys.current} seals now"


def _look_at_database(settings: Settings) -> str:
    if not store_engine.may_exist(settings.database_url):
        raise Refused(NO_DATABASE.format(url=settings.database_url))
    engine = open_process(settings)
    if not store_engine.is_at_head(engine):
        raise Refused("it has not the newest schema: run livefreeze init")
    count = len(banks.our_public_keys())  # opens sealed keys: the master keys are those of this database
    return f"{engine.dialect.name} answers, newest schema, our keys for {count} banks open"


def _look_at_clock(_: Settings) -> str:
    offset_s = int(clock.offset().total_seconds())
    return f"business time is {clock.format_instant(clock.now())}" + (f", moved by {offset_s} s" if offset_s else "")
