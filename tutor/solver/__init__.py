"""From a problem to the stream of events that every front end shows."""
