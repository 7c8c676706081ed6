"""What the contract tests share: subjects, strategies, mutants, the mock provider and the oracle."""
