"""Terms of a site: reads nothing but sites, writes how words are to be translated."""
