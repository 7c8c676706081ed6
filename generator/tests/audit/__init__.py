"""Programs that use a provider are graded."""
