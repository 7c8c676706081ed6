"""Hypothesis strategies of requests, of requests with one fault, and of what jobs live through."""
