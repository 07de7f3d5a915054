"""Every change of the alliance service goes through here, inside a transaction that the door owns."""
