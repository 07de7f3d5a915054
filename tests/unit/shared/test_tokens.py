from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.access.actor import Actor, Grant, Intent, strongest
from shared.access.links import link_token, subject_of
from shared.access.tokens import (
    ALGORITHM,
    INTENT,
    BadToken,
    TokenVerifier,
    claims_of,
    claims_of_intent,
)

NOW = datetime(2026, 3, 12, 4, tzinfo=UTC)
GRANTS = frozenset({Grant("resident"), Grant("building_captain", UUID(int=5))})
LIN = Actor(UUID(int=1), UUID(int=2), GRANTS, strongest(GRANTS))


class Alliance:
    """Signs, rotates, and counts how often it is asked for its keys."""

    def __init__(self) -> None:
        self.keys = [OKPKey.generate_key("Ed25519", {"kid": "1"})]
        self.asked = 0

    def rotate(self) -> None:
        self.keys.append(OKPKey.generate_key("Ed25519", {"kid": str(len(self.keys) + 1)}))

    async def fetch(self) -> KeySet:
        self.asked += 1
        return KeySet([OKPKey.import_key(key.as_dict(private=False)) for key in self.keys])

    def sign(self, actor=LIN, *, key=None, typ="at+jwt", **changes) -> str:
        key = key or self.keys[-1]
        claims = claims_of(actor, now=NOW, lifetime_seconds=600) | changes
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid, "typ": typ}, claims, key, algorithms=[ALGORITHM])


async def test_a_token_says_who_asks():
    alliance = Alliance()
    assert await TokenVerifier(alliance.fetch).actor(alliance.sign(), NOW) == LIN


async def test_a_token_ends_even_when_it_was_verified_before():
    alliance = Alliance()
    verifier, token = TokenVerifier(alliance.fetch), alliance.sign()
    await verifier.actor(token, NOW + timedelta(seconds=599))
    with pytest.raises(BadToken):
        await verifier.actor(token, NOW + timedelta(seconds=600))


async def test_a_rotated_key_works_at_once_and_the_old_one_still_does():
    alliance = Alliance()
    verifier = TokenVerifier(alliance.fetch, refetch_seconds=0)
    old = alliance.sign()
    await verifier.actor(old, NOW)
    alliance.rotate()
    assert await verifier.actor(alliance.sign(), NOW) == LIN
    assert await verifier.actor(old, NOW) == LIN


async def test_forged_key_ids_do_not_hammer_the_alliance_service():
    alliance = Alliance()
    verifier = TokenVerifier(alliance.fetch, refetch_seconds=60)
    for number in range(20):
        forged = alliance.sign(key=OKPKey.generate_key("Ed25519", {"kid": f"forged{number}"}))
        with pytest.raises(BadToken):
            await verifier.actor(forged, NOW)
    assert alliance.asked == 1


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJFZERTQSIsImNyaXQiOjF9.e30.eHg", "é.é.é"],
)
async def test_what_is_no_token_is_refused(token):
    with pytest.raises(BadToken):
        await TokenVerifier(Alliance().fetch).actor(token, NOW)


async def test_a_token_of_another_kind_or_issuer_is_refused():
    alliance = Alliance()
    verifier = TokenVerifier(alliance.fetch)
    for token in [alliance.sign(typ="JWT"), alliance.sign(iss="somebody")]:
        with pytest.raises(BadToken):
            await verifier.actor(token, NOW)


async def test_a_proof_of_intent_is_read_by_its_type_audience_and_time():
    alliance = Alliance()
    verifier = TokenVerifier(alliance.fetch)
    meant = Intent(UUID(int=1), "ab" * 32, NOW)
    claims = claims_of_intent(meant, lifetime_seconds=600)

    def signed(typ=INTENT, **changes) -> str:
        return alliance.sign(typ=typ, **(claims | changes))

    assert await verifier.intent(signed(), NOW + timedelta(seconds=599)) == meant
    for token in [signed(typ="at+jwt"), signed(aud="somebody"), signed(iss="somebody"), alliance.sign()]:
        with pytest.raises(BadToken):
            await verifier.intent(token, NOW)
    with pytest.raises(BadToken):
        await verifier.intent(signed(), NOW + timedelta(seconds=600))
    with pytest.raises(BadToken):
        await verifier.actor(signed(), NOW)


async def test_a_signature_by_a_stranger_under_our_key_id_is_refused():
    alliance = Alliance()
    stranger = OKPKey.generate_key("Ed25519", {"kid": "1"})
    with pytest.raises(BadToken):
        await TokenVerifier(alliance.fetch).actor(alliance.sign(key=stranger), NOW)


def test_a_personal_link_opens_what_it_was_made_for_and_nothing_else():
    token = link_token("secret", "survey", UUID(int=3))
    assert subject_of("secret", "survey", token) == UUID(int=3)
    assert subject_of("secret", "claim", token) is None
    assert subject_of("other", "survey", token) is None
    for wrong in ["", "x", f"{UUID(int=3).hex}.", f"{UUID(int=4).hex}.{token.split('.')[1]}", "é"]:
        assert subject_of("secret", "survey", wrong) is None
