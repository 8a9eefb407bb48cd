"""Two answers side by side: what each says is read into a shape, and shapes of a kind are compared."""
