"""Mediation: from every party's consent to a kept promise."""
