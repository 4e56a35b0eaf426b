## Links, pages and files

error-page = I find no article to read on this page. Try the link of the article itself, or paste its text here.
error-feed-link = This link is a news feed (RSS or the like), not an article. Send the link of a single article and I will shorten it.
error-feed-link-admin = This link is a news feed (RSS or the like), not an article. Send the link of a single article and I will shorten it, or add the feed to the sources: write its link after /addfeed{ $at }
error-table = I do not know this table’s columns. Name them in its first row, the title or the text among them: <code>title,text,url,source,published</code>
error-feed-list = This file is a list of feeds (OPML) and holds no articles. To add them, send it with /addfeed{ $at } as its caption.
error-many-articles = This file holds more than one article, and I shorten one at a time. Paste its text here.
error-document-too-large = The file is larger than what I read: { $megabytes } MB at most, unpacked. Split it and send it again.
error-file-too-large = The file is larger than what I shorten, { $megabytes } MB at most. Paste its text here.
refused-bad-row = the row’s cells do not match the columns
refused-not-opened = the link could not be read
refused-feed = a news feed, not an article; write /addfeed{ $at } and its link to add it
ingest-many-links = I read at most { $most } links at a time. Send the others afterwards.
