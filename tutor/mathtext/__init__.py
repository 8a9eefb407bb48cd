"""LaTeX and Markdown as text: nothing here knows what a formula means."""
