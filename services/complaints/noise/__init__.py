"""Noise readings judged by GB 22337-2008: pure, and never more certain than the instrument allows."""

from services.complaints.noise.reading import Reading
from services.complaints.noise.verdict import Verdict, judge

__all__ = ["Reading", "Verdict", "judge"]
