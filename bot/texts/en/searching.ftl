# Searches and guessed topics.

button-search-words = Search for “{ $words }”
