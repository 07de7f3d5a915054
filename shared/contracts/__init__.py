"""The published language: what services tell each other on the bus, and nothing else crosses."""

from shared.contracts import alliance, complaints, contacts, mediation, notifications

__all__ = ["alliance", "complaints", "contacts", "mediation", "notifications"]
