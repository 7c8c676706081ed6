"""Tests of the tool, on providers that do not exist."""
