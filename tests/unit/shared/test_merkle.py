"""The log's root is RFC 6962's, however it grew."""

from __future__ import annotations

import hashlib
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from shared.persistence import merkle

RFC_INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
RFC_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Certificate Transparency's own test vectors (merkle_tree_test.cc)."""


def root_of(leaves: list[bytes]) -> bytes:
    """§2.1 word for word: the left subtree is the largest full one that is smaller than the whole."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def grown_to(leaves: list[bytes]) -> merkle.Peaks:
    def one_more(so_far: tuple[merkle.Peaks, int], leaf: bytes) -> tuple[merkle.Peaks, int]:
        peaks, size = so_far
        return merkle.grown(peaks, size, leaf), size + 1

    return reduce(one_more, leaves, ((), 0))[0]


def test_the_vectors_of_certificate_transparency():
    leaves = [merkle.leaf(bytes.fromhex(word)) for word in RFC_INPUTS]

    assert {size: merkle.root(grown_to(leaves[:size])).hex() for size in RFC_ROOTS} == RFC_ROOTS


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_growing_leaf_by_leaf_gives_the_tree_of_all(words: list[bytes]):
    leaves = [merkle.leaf(word) for word in words]

    assert merkle.root(grown_to(leaves)) == root_of(leaves)
