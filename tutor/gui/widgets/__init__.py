"""The parts of the window; each shows a presenter and reports what the user does."""
