"""What came in: its language, what it gives and asks, and whether it needs a drawing."""
