"""Things that know no mathematics: paths, resources, the wire format, words."""
