"""Stage 5, mention → identifier: one candidate or none, the reason kept."""
