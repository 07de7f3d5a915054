"""Web Push: the example of RFC 8291 to the byte, a signature push services take, and nothing of anybody inside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from services.notifications.push.sealing import (
    CURVE,
    Sender,
    Subscription,
    is_point,
    private_key_of,
    read,
    sealed,
)

OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = Subscription(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    read("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
    read("BTBZMqHH6r4Tts7J_aSIgg"),
)
EXAMPLE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
    "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
NOW = datetime(2026, 3, 5, 2, tzinfo=UTC)


def test_the_example_of_the_standard_comes_out_to_the_byte():
    """RFC 8291, 5 and appendix A."""
    message = sealed(
        b"When I grow up, I want to be a watermelon",
        RECEIVER,
        salt=read("DGv6ra1nlYgDCS1FRnbzlw"),
        once=private_key_of(OURS),
    )
    assert message == read(EXAMPLE)


def test_each_message_has_a_salt_and_a_key_of_its_own():
    one, other = sealed(b"x", RECEIVER), sealed(b"x", RECEIVER)
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_push_services_know_us_by_our_signature():
    sender = Sender(OURS, "mailto:admin@shangju.example")
    token, _, key = (
        sender.headers(RECEIVER.endpoint, NOW)["authorization"].removeprefix("vapid t=").partition(", k=")
    )
    assert key == sender.public_key
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, read(key))
    claims = jwt.decode(token, ECKey.import_key(public), algorithms=["ES256"]).claims
    assert claims == {
        "aud": "https://push.example.net",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:admin@shangju.example",
    }


@pytest.mark.parametrize("key", [b"", b"\x04" * 65, RECEIVER.public_key[:-1], RECEIVER.public_key + b"\0"])
def test_what_is_no_key_is_no_key(key):
    assert not is_point(key)
    assert is_point(RECEIVER.public_key)
