"""Steps that run inside one of the benchmark's portals, each in a process of its own."""
