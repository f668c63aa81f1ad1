"""The networks of a store as columns of numbers and texts: citations, sponsorships."""
