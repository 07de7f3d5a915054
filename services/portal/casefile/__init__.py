"""Everything a case's page shows, gathered from the services as this person may see it."""

from services.portal.casefile.file import CaseFile
from services.portal.casefile.gathering import gather
from services.portal.casefile.offers import Offer

__all__ = ["CaseFile", "Offer", "gather"]
