"""Programs of others, each in a process of its own, to measure ours beside."""
