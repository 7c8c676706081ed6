"""Any program that uses a provider, run against mocks that go wrong, and graded by what it asked for."""
