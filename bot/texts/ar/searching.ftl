# Searches and guessed topics.

button-search-words = ابحث عن «{ $words }»
