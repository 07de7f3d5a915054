"""All SQL that writes, and what decisions need read. Queries for pages are in views.py."""
