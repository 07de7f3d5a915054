"""An address as a picture to scan, drawn in the page itself: nothing is asked of others."""

from __future__ import annotations

import segno


def code_of(address: str, *, scale: int = 6) -> str:
    """The address as a QR code (ISO 18004), to stand in the page as a picture's own."""
    return segno.make(address, micro=False).svg_data_uri(scale=scale, border=2)
