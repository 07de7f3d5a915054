"""All SQL of the mediation service, by what it speaks of."""
