"""Writes metrics, alarm and first page anew: after every night, however it ended, and by the watch in the morning."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from analytics.notices.intranet.index import write_index
from govcrawl.night import alarm
from govcrawl.night.alarm import Ways
from govcrawl.night.health import health, is_under_way
from govcrawl.night.metrics import write_metrics
from govcrawl.records import nights
from govcrawl.records.errors import UserError
from govcrawl.records.items import instant
from govcrawl.records.nights import NightRecord
from govcrawl.records.states import NightState
from govcrawl.settings import ALARM_MAIL_FROM, ALARM_MAIL_TO, ALARM_SMTP, ALARM_WEBHOOK
from govcrawl.warehouse.publish import LATEST, PUBLISHED

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from govcrawl.night.health import Health


def never_began(data: Path, as_of: date, begun: datetime, error: Exception) -> None:
    """Put down a night that was refused or failed before it had a record of its own."""
    records = nights.nights(data)
    if records and records[-1].finished_at is not None and records[-1].finished_at >= instant(begun):
        return  # it has one, and that says how it ended
    if records and records[-1].state == NightState.RUNNING and is_under_way(data):
        return  # it is another's, who is at it
    stamp = begun.strftime("%Y%m%dT%H%M%SZ")
    said = str(error) if isinstance(error, UserError) else f"{error!r}"
    nights.keep(
        data,
        NightRecord(
            night_id=nights.names_free(data, stamp),
            as_of=as_of.isoformat(),
            command="",
            begun_at=instant(begun),
            state=NightState.FAILED,
            reason=said,
            finished_at=instant(begun),
        ),
    )


def tell_all(data: Path, now: datetime, older_h: float | None = None) -> tuple[Health, list[str]]:
    """Write the figures for monitors, send the message that is due, and let the pages say what they show.

    Returns what was found, and what could not be told, with the reason.
    """
    _notice_cut_off(data)
    found = health(data, now, older_h)
    troubles = alarm.tell(data, found, Ways(ALARM_WEBHOOK, ALARM_MAIL_TO, ALARM_SMTP, ALARM_MAIL_FROM))
    write_metrics(data, found)
    if not found.ok and (data / PUBLISHED / LATEST).exists():
        try:
            write_index(data)
        except (UserError, OSError) as error:
            troubles.append(f"the office's pages could not be written: {error}")
    return found, troubles


def as_json(found: Health) -> dict[str, object]:
    """The contract: ok, night, finished_at, reasons."""
    return asdict(found)


def _notice_cut_off(data: Path) -> None:
    """Put down that a night is gone whose process was killed; taken up, it is running again."""
    records = nights.nights(data)
    if records and records[-1].state == NightState.RUNNING and not is_under_way(data):
        records[-1].state = NightState.CUT_OFF
        records[-1].reason = "its process is gone"
        nights.keep(data, records[-1])
