"""Delivery: a message by mail, to a webhook, or into a feed; a failure is a sentence, no exception.

What cannot be sent now can be sent by the next run.
"""

from __future__ import annotations

import json
import smtplib
import urllib.error
import urllib.request
from dataclasses import asdict
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from searcher.monitoring.alert_file import MailServer
from searcher.monitoring.alert_state import Message
from searcher.monitoring.feed_files import write_feed

# Seconds that a server may take.
PATIENCE = 20

SUBJECT_LETTERS = 120


def deliver(message: Message, mail: MailServer) -> str:
    """Send a message; why that failed, or nothing."""
    scheme, _, rest = message.to.partition(":")
    try:
        match scheme:
            case "mailto":
                _mail(message, rest, mail)
            case "feed":
                write_feed(message, Path(rest))
            case _:
                _post(message)
    except smtplib.SMTPException as error:
        return f"the mail server {mail.host}:{mail.port} refused it: {error}"
    except OSError as error:  # also what urllib makes of an answer that is no success
        where = f"the mail server {mail.host}:{mail.port}" if scheme == "mailto" else message.to
        return f"{where} cannot be reached: {error}"
    return ""


def as_text(message: Message) -> str:
    """A message as plain text: of each article the headline, where and when, the address."""
    lines = [f"{message.alert}: {message.question}", ""]
    for item in message.items:
        facts = " · ".join(part for part in (item.source, item.date[:10]) if part)
        changed = "(تغيّر) " if item.again else ""
        lines += [changed + (item.title or item.url), facts, item.excerpt, item.url, ""]
    return "\n".join(lines)


def _mail(message: Message, to: str, mail: MailServer) -> None:
    letter = EmailMessage()
    first = message.items[0].title
    more = f" (+{len(message.items) - 1})" if len(message.items) > 1 else ""
    subject = " ".join(f"{message.alert}: {first}"[:SUBJECT_LETTERS].split()) + more
    letter["Subject"] = subject
    letter["From"], letter["To"] = mail.sender, to
    letter["Message-ID"] = f"<{message.id}@bahith>"
    letter["Date"] = datetime.now(UTC)
    letter.set_content(as_text(message))
    with smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(letter)


def _post(message: Message) -> None:
    body = json.dumps(asdict(message), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.id}
    request = urllib.request.Request(message.to, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # nosec B310: http(s) only
        answer.read(1)
