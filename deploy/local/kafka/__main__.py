"""`python -m deploy.local.kafka`: fetch and prepare Kafka, so that `make run` only has to start it."""

from __future__ import annotations

import asyncio
import sys

from deploy.local.kafka.training import train
from deploy.local.problems import LocalProblem

try:
    asyncio.run(train())
except LocalProblem as problem:
    sys.exit(str(problem))
