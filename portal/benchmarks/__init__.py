"""How fast the portal is, measured on portals of the benchmark's own (docs/performance.md)."""
