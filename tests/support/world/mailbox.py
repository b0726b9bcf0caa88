"""The address at which a bank under test receives our notices, over real HTTP."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Letter(NamedTuple):
    """One delivery as it came."""

    headers: dict[str, str]
    body: bytes


class Mailbox:
    """Keeps every delivery, and answers each with `status`; any 2xx acknowledges."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.status = 204
        self.delay_s = 0.0  # before it answers
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/livefreeze"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            mailbox.letters.append(Letter(dict(self.headers.items()), body))
            time.sleep(mailbox.delay_s)
            self.send_response(mailbox.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """What came is in the letters; nothing goes to the terminal."""

    return Handler
