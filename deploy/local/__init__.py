"""Shangju on one machine without Docker: PostgreSQL, Kafka, a mailbox, all services, one supervisor."""
