"""The graph over HTTP: a SPARQL endpoint and an explorer."""
