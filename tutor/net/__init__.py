"""The only door to the network, opened only when the user asks for something from outside."""
