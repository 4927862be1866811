"""The generator of the fictional company's world: one seed, the same bytes every time."""
