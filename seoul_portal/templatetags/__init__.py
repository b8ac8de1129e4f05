"""Words of the house for its own pages."""
