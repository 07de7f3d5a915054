"""The one way a mediation changes: HTTP, Kafka and timers all come through here. The doors own the transaction."""

from services.mediation.use_cases.calendars import renew_feed, set_availability, set_room, shut_out_by
from services.mediation.use_cases.changing import handle
from services.mediation.use_cases.departing import (
    note_departure,
    note_successor,
    release_by_link,
    released,
)
from services.mediation.use_cases.drafting import draft_agreement
from services.mediation.use_cases.guests import answer_invitation, invite, note_alone, note_speakers
from services.mediation.use_cases.handing_over import hand_over, note_return, prepared
from services.mediation.use_cases.mediators import (
    decline_mediator,
    eligible_mediators,
    nominate,
    profile_of,
    set_profile,
    stop_for_conflict,
    take,
    turns,
)
from services.mediation.use_cases.on_paper import enter
from services.mediation.use_cases.opening import end_withdrawn, open_mediation
from services.mediation.use_cases.oral import open_oral, record_oral
from services.mediation.use_cases.sessions import (
    choose_openness,
    close_slots,
    explain_absence,
    move_to_slot,
    move_to_time,
    offer_slots,
    schedule,
    schedule_together,
    write_caucus_note,
)

__all__ = [
    "answer_invitation",
    "choose_openness",
    "close_slots",
    "decline_mediator",
    "draft_agreement",
    "eligible_mediators",
    "end_withdrawn",
    "enter",
    "explain_absence",
    "hand_over",
    "handle",
    "invite",
    "move_to_slot",
    "move_to_time",
    "nominate",
    "note_alone",
    "note_departure",
    "note_return",
    "note_speakers",
    "note_successor",
    "offer_slots",
    "open_mediation",
    "open_oral",
    "prepared",
    "profile_of",
    "record_oral",
    "release_by_link",
    "released",
    "renew_feed",
    "schedule",
    "schedule_together",
    "set_availability",
    "set_profile",
    "set_room",
    "shut_out_by",
    "stop_for_conflict",
    "take",
    "turns",
    "write_caucus_note",
]
