"""From a step's text to verdicts: claims are found, put into their context, tested by the CAS and judged."""
