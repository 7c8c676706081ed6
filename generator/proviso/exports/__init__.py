"""Documents in other people's languages: one module a language, and what they share."""
