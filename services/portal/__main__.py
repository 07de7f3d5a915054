"""`python -m services.portal api`. There is no worker: the portal reads no topic and keeps no timers."""

from __future__ import annotations

import sys

from services.portal.main import SERVICE
from shared.service import main

if sys.argv[1:] != ["api"]:
    sys.exit("usage: python -m services.portal api")
main(SERVICE)
