"""How secrets are made, and what of them is kept."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.alliance import credentials
from services.alliance.contact import Contact
from shared.access.actor import Intent
from shared.access.tokens import BadToken, TokenVerifier
from tests.support.tokens import an_actor

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
LIN, SUN = Contact("email", "lin@shanbei.example"), Contact("email", "sun@shanbei.example")


def test_a_code_is_six_digits() -> None:
    codes = {credentials.new_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190


def test_a_code_is_kept_as_something_else_for_every_contact_secret_purpose_and_content() -> None:
    kept = {
        credentials.code_mac("secret", LIN, "123456"),
        credentials.code_mac("secret", SUN, "123456"),
        credentials.code_mac("secret", LIN, "123457"),
        credentials.code_mac("other secret", LIN, "123456"),
        credentials.code_mac("secret", LIN, "123456", purpose="signing", about="a" * 64),
        credentials.code_mac("secret", LIN, "123456", purpose="signing", about="b" * 64),
        credentials.contact_hash("secret", LIN),
        credentials.contact_hash("secret", LIN, purpose="signing"),
    }
    assert len(kept) == 8
    assert all(len(mac) == 32 and b"123456" not in mac for mac in kept)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "", True),
    ],
)
def test_a_network_is_an_address_or_the_prefix_of_a_home(one: str, other: str, *, same: bool) -> None:
    assert (credentials.network_hash("s", one, NOW) == credentials.network_hash("s", other, NOW)) is same


def test_a_network_is_counted_anew_each_hour() -> None:
    later = NOW + timedelta(hours=1)
    assert credentials.network_hash("s", "192.0.2.1", NOW) != credentials.network_hash(
        "s", "192.0.2.1", later
    )


def test_the_private_key_is_kept_sealed_and_not_published() -> None:
    key = credentials.new_signing_key("secret")
    assert "d" not in key.public
    assert key.public["kid"] == key.kid
    header = urlsafe_b64decode(key.sealed_private.split(".")[0] + "==")
    assert json.loads(header) == {"alg": "dir", "enc": "A256GCM"}


def test_the_sealed_key_opens_with_its_secret_alone() -> None:
    key = credentials.new_signing_key("secret")
    with pytest.raises(JoseError):
        credentials.access_token(key, "other secret", an_actor(), NOW)


async def test_a_token_says_who_somebody_is_for_ten_minutes() -> None:
    key = credentials.new_signing_key("secret")
    actor = an_actor("building_captain", place_id=uuid4())
    token = credentials.access_token(key, "secret", actor, NOW)

    async def keys() -> KeySet:
        return KeySet.import_key_set({"keys": [key.public]})

    assert await TokenVerifier(keys).actor(token, NOW + timedelta(minutes=9)) == actor
    decoded = jwt.decode(token, await keys(), algorithms=["EdDSA"])
    assert decoded.header == {"alg": "EdDSA", "kid": key.kid, "typ": "at+jwt"}
    assert decoded.claims["exp"] - decoded.claims["iat"] == 600


async def test_a_proof_of_intent_is_no_access_token_and_no_access_token_is_one() -> None:
    key = credentials.new_signing_key("secret")
    intent = Intent(uuid4(), "ab" * 32, NOW)
    proof = credentials.proof_of_intent(key, "secret", intent)
    access = credentials.access_token(key, "secret", an_actor(member_id=intent.member_id), NOW)

    async def keys() -> KeySet:
        return KeySet.import_key_set({"keys": [key.public]})

    verifier = TokenVerifier(keys)
    assert await verifier.intent(proof, NOW + credentials.PROOF_LIFE - timedelta(seconds=1)) == intent
    with pytest.raises(BadToken):
        await verifier.actor(proof, NOW)
    with pytest.raises(BadToken):
        await verifier.intent(access, NOW)


async def test_a_proof_of_intent_ends() -> None:
    key = credentials.new_signing_key("secret")
    proof = credentials.proof_of_intent(key, "secret", Intent(uuid4(), "ab" * 32, NOW))

    async def keys() -> KeySet:
        return KeySet.import_key_set({"keys": [key.public]})

    with pytest.raises(BadToken):
        await TokenVerifier(keys).intent(proof, NOW + credentials.PROOF_LIFE)


def test_a_key_is_shown_for_as_long_as_a_proof_lasts() -> None:
    assert credentials.PROOF_LIFE <= credentials.ACCESS_LIFE


def test_refresh_tokens_are_random_and_kept_hashed() -> None:
    token = credentials.new_refresh_token()
    assert len(token) == 43
    assert token != credentials.new_refresh_token()
    assert token.encode() not in credentials.refresh_hash(token)
