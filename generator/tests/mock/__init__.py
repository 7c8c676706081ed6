"""Tests of the mock where no client looks: money, turns, addresses, and what is kept."""
