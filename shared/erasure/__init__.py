"""Erasing a person where a service holds something of them: weighed, done, told, and done again when more may go."""
