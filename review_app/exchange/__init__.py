"""What goes in and out as files: reads and writes through the services of every stage."""
