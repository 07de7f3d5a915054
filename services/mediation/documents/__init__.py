"""Papers made of a mediation: the agreement, the request to the court, what a court station is handed.

Each is built from the released parts of the state, never from a page: caucus notes, minutes, offers, wishes and
explanations are not asked for here, so they cannot be in it.
"""

from services.mediation.documents.packs import Pack, court_request, handover
from services.mediation.documents.papers import agreement_paper

__all__ = ["Pack", "agreement_paper", "court_request", "handover"]
