"""The Merkle tree of RFC 6962 §2.1 over a log that only grows: one root speaks for all that was ever in it.

Of a tree so far only its peaks are kept, the roots of its full subtrees from the largest to the smallest, so
a log of a hundred million leaves goes on from 27 hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

Peaks = tuple[bytes, ...]


def leaf(data: bytes) -> bytes:
    """A leaf's hash; its prefix keeps anybody from passing a branch off as one."""
    return hashlib.sha256(b"\x00" + data).digest()


def grown(peaks: Peaks, size: int, new_leaf: bytes) -> Peaks:
    """The peaks of a log of `size` leaves after one more: each full pair becomes one."""
    *kept, node = (*peaks, new_leaf)
    while size & 1:
        node = _branch(kept.pop(), node)
        size >>= 1
    return (*kept, node)


def root(peaks: Sequence[bytes]) -> bytes:
    """What speaks for the whole log; of an empty one, the hash of nothing."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = _branch(peak, node)
    return node


def _branch(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
