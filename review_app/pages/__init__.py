"""Pages of a site: reads addresses and files, writes pages, their immutable versions and their blocks."""
