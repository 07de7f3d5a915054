"""What an alliance lives by: dated rules and a working calendar, as data that may change while the system runs."""
