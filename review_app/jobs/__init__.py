"""Work that takes longer than a click: reads nothing but its own rows, writes jobs."""
