"""Papers, and their PDF: embedded Chinese type, cut down to the signs used, and the same bytes for the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN_MM = 22
BODY_PT, HEADING_PT, TITLE_PT, FOOT_PT = 11, 12.5, 18, 8.5
CODE_MM = 28
_FONT = "noto"


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """One sheet or more with a title; `address` is printed as a code to scan that leads to it."""

    title: str
    sections: tuple[Section, ...]
    address: str | None = None


def printed(papers: Sequence[Paper], *, foot: str, dated: date) -> tuple[bytes, int]:
    """The PDF and how many pages it has. Takes a fifth of a second of the processor: not for an event loop."""
    pdf = _sheet(foot)
    pdf.set_creation_date(datetime.combine(dated, time.min, UTC))
    for paper in papers:
        pdf.add_page()
        _line(pdf, paper.title, TITLE_PT, after_mm=5, align="C")
        for section in paper.sections:
            _line(pdf, section.heading, HEADING_PT, after_mm=1)
            for text in section.lines:
                _line(pdf, text, BODY_PT, after_mm=1)
            pdf.ln(4)
        if paper.address is not None:
            _code(pdf, paper.address)
    return bytes(pdf.output()), pdf.page_no()


def _sheet(foot: str) -> FPDF:
    """Imported here: with its type it costs 20 MB that few processes ever need."""
    from fpdf import FPDF
    from pylopdf_fonts_zh_cn import sans_path

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(_FONT, size=FOOT_PT)
            self.cell(0, 5, f"{foot} · {self.page_no()}/{{nb}}", align="C")

    pdf = Sheet(format="A4")
    pdf.set_margins(MARGIN_MM, MARGIN_MM)
    pdf.set_auto_page_break(auto=True, margin=MARGIN_MM)
    pdf.add_font(_FONT, fname=str(sans_path()))
    return pdf


def _code(pdf: FPDF, address: str) -> None:
    """The address to scan, kept together on one page; each dark cell is a square of its own."""
    import segno

    rows = segno.make(address, micro=False).matrix
    side = CODE_MM / len(rows)
    if pdf.will_page_break(CODE_MM):
        pdf.add_page()
    left, top = pdf.l_margin, pdf.get_y()
    for down, row in enumerate(rows):
        for right, dark in enumerate(row):
            if dark:
                pdf.rect(left + right * side, top + down * side, side, side, style="F")
    pdf.set_y(top + CODE_MM + 2)


def _line(pdf: FPDF, text: str, size: float, *, after_mm: float, align: str = "L") -> None:
    pdf.set_font(_FONT, size=size)
    pdf.multi_cell(0, size * 0.55, text, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after_mm)
