"""Documented replies with other values in them: what a provider answers."""
