"""Pages for people, and one origin in front of the services."""
