"""A documented provider as a server: it checks, bills, works, delivers and forgets, by its spec alone."""
