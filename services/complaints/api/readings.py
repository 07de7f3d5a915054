"""Noise readings and the noise class of a block."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import AfterValidator, AwareDatetime, Field, StrictBool

from services.complaints import storage, use_cases, views
from services.complaints.answers import ReadingReceipt, ZoneView
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.commands import RecordReading
from services.complaints.noise.reading import BandLevel, Reading
from services.complaints.use_cases import alliance_of
from shared.access.door import CurrentActor, TheKit
from shared.contracts.measurements import (
    Band,
    Instrument,
    MeasuredBy,
    Point,
    RecordField,
    Room,
    Source,
    Weather,
    ZoneClass,
)
from shared.errors import NotFound
from shared.persistence.database import Connection

router = APIRouter()

Level = Annotated[Decimal, Field(ge=0, le=160, decimal_places=2)]
Meters = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]


class BandForm(Form):
    hz: Band
    level_db: Level
    background_db: Level | None = None


def _each_once(bands: tuple[BandForm, ...]) -> tuple[BandForm, ...]:
    if len({band.hz for band in bands}) < len(bands):
        raise ValueError("a band twice")
    return bands


class ReadingForm(Form):
    """What was measured; `record` names what the paper record holds beside it (GB 22337-2008 §5.6)."""

    measured_at: AwareDatetime
    source: Source
    point: Point
    level_db: Level
    instrument: Instrument
    seconds: Annotated[int, Field(ge=1, le=86_400)]
    steady: StrictBool
    measured_by: MeasuredBy = "party"
    zone_class: ZoneClass | None = None
    through_structure: StrictBool = False
    boundary_m: Meters | None = None
    boundary_measurable: StrictBool = True
    room: Room | None = None
    background_db: Level | None = None
    maximum_db: Level | None = None
    bands: Annotated[tuple[BandForm, ...], Field(max_length=5), AfterValidator(_each_once)] = ()
    calibrated_before_db: Level | None = None
    calibrated_after_db: Level | None = None
    weather: Weather | None = None
    wind_m_s: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = None
    normal_operation: StrictBool | None = None
    height_m: Meters | None = None
    surface_m: Meters | None = None
    outer_window_m: Meters | None = None
    record: Annotated[tuple[RecordField, ...], Field(max_length=10)] = ()
    note: Note | None = None

    def reading(self) -> Reading:
        """The same as the judgement takes it."""
        said = {name: value for name, value in self if name not in ("bands", "note")}
        return Reading(**said, bands=tuple(BandLevel(**dict(band)) for band in self.bands))


@router.post("/v1/cases/{id}/readings", status_code=201, response_model=ReadingReceipt)
async def record_reading(id: UUID, form: ReadingForm, ask: Ask) -> Response:
    """Lay a noise reading before the case; the answer has the verdict."""
    command = RecordReading(id, uuid4(), form.reading(), note=form.note)

    async def work(tx: Connection) -> ReadingReceipt:
        done = await use_cases.record_reading(tx, command, ask.actor, ask.now())
        steps = await storage.steps_of(tx, id)
        [recorded] = [one for one in views.words_in(steps).readings if one.evidence_id == command.reading_id]
        receipt = views.receipt(done, ask.language)
        reading = views.reading(recorded, done.at.by, done.case.file, ask.language)
        return ReadingReceipt(**dict(receipt), reading=reading)

    return await ask.once(work, status=201)


class ZoneForm(Form):
    """`source` is the published map or notice the class was read from."""

    zone_class: ZoneClass
    source: Note


@router.put("/v1/blocks/{block_id}/zone-class", response_model=ZoneView)
async def set_zone(block_id: UUID, form: ZoneForm, ask: Ask) -> Response:
    """Enter the noise class of a block."""

    async def work(tx: Connection) -> ZoneView:
        await use_cases.set_zone(tx, block_id, form.zone_class, form.source, actor=ask.actor, now=ask.now())
        return ZoneView(block_id=block_id, zone_class=form.zone_class, source=form.source)

    return await ask.once(work)


@router.get("/v1/blocks/{block_id}/zone-class")
async def show_zone(block_id: UUID, actor: CurrentActor, kit: TheKit) -> ZoneView:
    """The noise class of a block; not found means that it is not confirmed."""
    async with kit.database.reading() as connection:
        known = await storage.zone_of(connection, alliance_of(actor), block_id)
    if known is None:
        raise NotFound
    zone_class, source = known
    return ZoneView(block_id=block_id, zone_class=zone_class, source=source)
