"""The harvester: a corpus in, proposals for the authority out."""
