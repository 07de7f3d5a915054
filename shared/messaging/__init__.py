"""Events between services: none lost, each effect once, a case's order kept. README.md says why it holds."""
