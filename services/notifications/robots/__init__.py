"""Robots in the group chats of those on duty: told that something waits, and nothing that betrays anybody."""
