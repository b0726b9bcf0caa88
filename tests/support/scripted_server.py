"""A server of one address that answers as a test says, down to the single byte."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Script = Callable[["Connection"], None]


class Connection:
    """One connection: the request that came, and what the script sends back."""

    def __init__(self, opened: socket.socket, closing: threading.Event) -> None:
        self._opened = opened
        self._closing = closing
        self.request = b""

    def read_request(self) -> bytes:
        """Read headers and as much body as they announce."""
        while b"\r\n\r\n" not in self.request:
            self.request += self._opened.recv(65536) or b"\r\n\r\n"
        head, _, body = self.request.partition(b"\r\n\r\n")
        lengths = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        while len(body) < sum(lengths):
            body += self._opened.recv(65536)
        self.request = head + b"\r\n\r\n" + body
        return self.request

    def send(self, content: bytes) -> None:
        self._opened.sendall(content)

    def drip(self, byte: bytes) -> None:
        """Send one byte after another until the other side has had enough."""
        while not self._closing.wait(0.01):
            self.send(byte)

    def stay_silent(self) -> None:
        self._closing.wait()


class Running:
    """A server while it runs."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: list[bytes] = []


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Running]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    closing = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client hangs up, as it should
                opened = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                connection = Connection(opened, closing)
                try:
                    script(connection)
                finally:
                    running.requests.append(connection.request)
                    opened.close()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        running = Running(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            closing.set()
            server.shutdown()
            thread.join()


def answering(content: bytes) -> Script:
    """A script that reads the request and sends these bytes."""

    def script(connection: Connection) -> None:
        connection.read_request()
        connection.send(content)

    return script
