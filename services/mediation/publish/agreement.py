"""What is told of an agreement until it is performed: its dates and its promises, never its terms."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.decisions.commitments import done_by
from services.mediation.publish.telling import promised, side_of
from services.mediation.state import Opened, commitments_of, content_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_agreement(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    content = content_of(after)
    agreement_id = content.agreement_id if content else None
    match event:
        case happened.SessionHeld(session_id):
            return told.SessionHeld(**about, session_id=session_id)
        case happened.AgreementDrafted(drafted, _, until):
            named = {"agreement_id": drafted.agreement_id, "form": drafted.form}
            return told.AgreementDrafted(**about, **named, group_until=until)
        case happened.AgreementSigned(party):
            return told.AgreementSigned(**about, agreement_id=agreement_id, side=side_of(after, party))
        case happened.AgreementEffective(effective_on, judicial_until):
            return told.AgreementEffective(
                **about,
                agreement_id=agreement_id,
                effective_on=effective_on,
                judicial_until=judicial_until,
                commitments=tuple(promised(after, one.promise) for one in commitments_of(after)),
                declined=tuple(one.member_id for one in after.matter.fellows if one.agrees is False),
            )
        case happened.CommitmentsPerformed(confirmed_on):
            return told.CommitmentsPerformed(
                **about,
                agreement_id=agreement_id,
                confirmed_on=confirmed_on,
                done_by=done_by(commitments_of(after)),
            )
        case _:
            return None
