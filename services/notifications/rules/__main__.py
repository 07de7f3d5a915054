"""`python -m services.notifications.rules` prints the table as README.md has it."""

from __future__ import annotations

from services.notifications.rules.markdown import as_markdown

print(as_markdown(), end="")
