"""Delivery: a message by mail, to a webhook, or into a feed; a failure is a sentence, no exception.

A feed is a JSON Feed file that any web server can hand out; `/feed?q=…` is the same as Atom.
"""

from __future__ import annotations

import json
import os
import smtplib
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from searcher.monitoring.alert_file import MailServer
from searcher.monitoring.told import Message

# Seconds that a server may take.
PATIENCE = 20
# Entries of a feed.
MOST_ENTRIES = 100

SUBJECT_LETTERS = 120


def deliver(message: Message, mail: MailServer) -> str:
    """Send a message; why that failed, or nothing."""
    scheme, _, rest = message.to.partition(":")
    try:
        match scheme:
            case "mailto":
                _mail(message, rest, mail)
            case "feed":
                _feed(message, Path(rest))
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


def _feed(message: Message, path: Path) -> None:
    held: list[Any] = []
    with suppress(FileNotFoundError, ValueError, AttributeError):
        held = list(json.loads(path.read_text(encoding="utf-8")).get("items", []))
    fresh = [
        {
            "id": f"{message.id}-{item.key}",
            "url": item.url,
            "title": item.title,
            "content_text": item.excerpt,
            "authors": [{"name": item.source}] if item.source else [],
            **({"date_published": item.date} if item.date else {}),
        }
        for item in message.items
    ]
    known = {entry["id"] for entry in fresh}
    kept = [one for one in held if isinstance(one, dict) and one.get("id") not in known]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": message.alert,
        "items": (fresh + kept)[:MOST_ENTRIES],
    }
    beside = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(json.dumps(feed, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(beside, path)
