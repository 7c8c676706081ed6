"""The hand-written runtime, held to its promises with invented providers."""
