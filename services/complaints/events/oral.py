"""What was agreed on the spot and entered afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.complaints.commands.oral import OralAgreement


@dataclass(frozen=True)
class OralAgreementStated:
    """Stated by the captain; in force once the mediator who was there has recorded it."""

    agreement: OralAgreement


@dataclass(frozen=True)
class ReceiptHanded:
    on: date
