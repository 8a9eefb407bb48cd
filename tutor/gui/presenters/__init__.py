"""What is on the screen, without widgets."""
