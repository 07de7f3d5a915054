"""Web Push: word on the telephone that there is something to read, sealed for the one browser that asked for it."""
