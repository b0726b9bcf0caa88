"""An application on a port of this machine, in threads of the test process, so that a test can move its clock."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server


@contextmanager
def served(application: Callable) -> Iterator[str]:
    """The address at which it answers, as long as the block lasts."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # what came is of no interest; what failed is
    server = make_server("127.0.0.1", 0, application, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
