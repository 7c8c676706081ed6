"""What a provider confirms of its spec, what it denies, and what stays open: asked of the provider, fact by fact."""
