"""A mail server of our own, on a local port, that takes letters or misbehaves as it is told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

OK = "250 OK"


@dataclass
class PostOffice:
    """Takes every letter, unless told otherwise by the receiver's address.

    ``at_mail`` answers our sender; ``at_rcpt`` and ``at_data`` answer for an address;
    ``hangs_up_on`` closes the connection after the letter has been handed over, ``closes_down_on``
    takes no connection after that either, ``keeps_waiting`` never answers. ``takes_seconds`` is
    how long it thinks over each letter.
    """

    takes_seconds: float = 0.0

    at_mail: str = OK
    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_data: dict[str, str] = field(default_factory=dict)
    hangs_up_on: set[str] = field(default_factory=set)
    closes_down_on: set[str] = field(default_factory=set)
    keeps_waiting: set[str] = field(default_factory=set)
    letters: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    controller: Controller | None = None

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.at_mail == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.at_mail

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        address = envelope.rcpt_tos[0]
        if address in self.at_data:
            return self.at_data[address]
        if address in self.keeps_waiting:
            await asyncio.sleep(30)
        await asyncio.sleep(self.takes_seconds)
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        if address in self.closes_down_on and self.controller and self.controller.server:
            self.controller.server.close()
        if address in self.hangs_up_on | self.closes_down_on:
            self.hangs_up_on.discard(address)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return OK

    @property
    def receivers(self) -> list[str]:
        """To whom letters came, in order."""
        return [str(letter["To"]) for letter in self.letters]


@contextmanager
def open_for_business(office: PostOffice, settings: Settings) -> Iterator[PostOffice]:
    """Let Django send to ``office`` while the block runs."""
    with open_on_a_port(office) as port:
        send_to("127.0.0.1", port, settings)
        yield office


@contextmanager
def open_on_a_port(office: PostOffice) -> Iterator[int]:
    """Take letters while the block runs, for whoever sends them to the port."""
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    office.controller = controller
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def send_to(host: str, port: int, settings: Settings) -> None:
    """Make Django send its mail to a server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    settings.EMAIL_TIMEOUT = 0.5


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
