"""Drafts of specs: what a person says, or what an OpenAPI document says, as far as it goes; the rest is marked as open."""
