"""What the command line's verbs do: each opens what it needs, prints, and gives its exit code."""
