"""Citation chains and co-sponsorship: plain functions over networkx graphs."""
