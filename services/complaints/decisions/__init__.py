"""What may become of a case. Pure: no clock, no ids, no database.

`decide(state, command, circumstances)` gives events or a refusal, `evolve(state, event)` the next state.
table.py says which command is possible where; the modules named after what they decide say why.
"""

from services.complaints.decisions.evolution import evolve
from services.complaints.decisions.state import UNFILED, Case, Circumstances, Standing, State
from services.complaints.decisions.table import decide, diagram, possible_commands

__all__ = [
    "UNFILED",
    "Case",
    "Circumstances",
    "Standing",
    "State",
    "decide",
    "diagram",
    "evolve",
    "possible_commands",
]
