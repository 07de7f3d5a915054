"""Complaints: a case from filing to closing. README.md shows the states, the topics and the endpoints."""
