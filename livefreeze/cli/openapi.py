"""The OpenAPI document as a file that a person reviews."""

from pathlib import Path

import click

from livefreeze import app
from livefreeze.cli.answering import Answer, command


@command("openapi")
@click.option("--write", "path", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/openapi.json"),
              show_default=True, help="The file to write.")
def openapi(path: Path) -> Answer:
    """Write the OpenAPI document of the API, made from the code. Needs no database.

    \b
    Example:
      livefreeze openapi
    """
    text = app.openapi_text()
    path.write_text(text, encoding="utf-8")
    return Answer(f"{path} written.", {"path": str(path), "bytes": len(text.encode())})
