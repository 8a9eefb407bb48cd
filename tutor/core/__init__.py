"""The nouns of the tutor: frozen values, standard library only, no I/O."""
