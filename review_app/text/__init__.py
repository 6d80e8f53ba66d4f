"""Text as the whole house reads it: pure functions over strings."""
