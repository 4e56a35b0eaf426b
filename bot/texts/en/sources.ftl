# The list of sources, and the stories of one.

sources-hint = Press a source’s name to read its newest stories.
source-title = News from { $source }
source-empty = No news from { $source } now. The latest of all: /latest{ $at }
button-sources = All sources
