"""Sites, their languages and policies: reads nothing, writes sites."""
