"""Stage 3, outline → mentions: one module a kind of fact."""
