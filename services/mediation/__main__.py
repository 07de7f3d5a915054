"""`python -m services.mediation api|worker`."""

from services.mediation.main import SERVICE
from shared.service import main

main(SERVICE)
