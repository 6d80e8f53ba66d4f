"""The browser's side of the house: one blueprint per stage; reads and writes through the services."""
