"""Read specs of hosted APIs and write their typed clients."""
