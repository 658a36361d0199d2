"""``manage.py metrics``: numbers about the site's work, printed once or served on a port."""

from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from regai.metrics import as_text

AWAY = 503


class Command(BaseCommand):
    """For an internal network: whoever reaches the port reads the numbers."""

    help = "Print numbers for Prometheus, or serve them: --port 9101 --host 127.0.0.1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="serve them there until stopped")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")

    def handle(self, *_: Any, port: int | None, host: str, **__: Any) -> None:
        if port is None:
            self.stdout.write(as_text(now=timezone.now()), ending="")
            return
        with HTTPServer((host, port), Numbers) as server:
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Stopped.")


class Numbers(BaseHTTPRequestHandler):
    """Answers every GET with the numbers of the moment."""

    def do_GET(self) -> None:
        close_old_connections()
        try:
            status, text = 200, as_text(now=timezone.now())
        except DatabaseError:
            status, text = AWAY, "# the database is away\n"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- its own signature
        """Write no line for each visit."""
