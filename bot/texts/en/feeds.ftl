## Feeds

error-fetch = The link could not be opened: its site did not answer as it should. Try again later, or paste the text here.
error-feed = There is no feed at this link (RSS, Atom or JSON Feed), nor a page that names one.

n-feeds = { $feeds ->
    [one] one feed
   *[other] { $feeds } feeds
}
n-new-articles = { $articles ->
    [0] nothing new
    [one] one new article
   *[other] { $articles } new articles
}

## The list

feeds-title = Feeds
feeds-faulty = not readable: { $feeds }
feeds-hint = Press a feed’s number to read it now or to remove it, or write: <code>/removefeed{ $at } 12</code>
feeds-empty = No feeds yet. A feed (RSS, Atom or JSON Feed) is read by itself whenever its time comes, and its articles are stored here.
feeds-starter = Or begin with a ready list ({ n-feeds }): { $names }.
feed-first = not read yet
feed-checked = last read: { $age }
feed-tried = last tried: { $age }
feed-next = next: { $when }
feed-next-try = next try: { $when }
feed-changed = last news: { $age }
feed-soon = in a moment
feed-in-minutes = { $minutes ->
    [0] in a moment
    [one] in a minute
   *[other] in { $minutes } minutes
}
feed-in-hours = { $hours ->
    [0] in a moment
    [one] in an hour
   *[other] in { $hours } hours
}
feed-failures = { $failures ->
    [0] It could not be read, { $age }
    [one] It could not be read once, { $age }
   *[other] It could not be read { $failures } times in a row, the first { $age }
}
feed-reason = Reason: { $reason }
feed-is-gone = Its site has taken it away for good; it is not read any more.
feed-is-removed = It was removed and is not read any more.
feed-number = Feed number { $number }
feed-category = Category: { $category }

## Adding

addfeed-ask =
    <b>To add a feed</b>
    • write its link, or that of a page that names it, after the command: <code>/addfeed{ $at } https://news.example/rss</code>
    • or several links in one message
    • or reply to a message with links with /addfeed{ $at }
    • or send a list of feeds (an OPML file) with /addfeed{ $at } as its caption
addfeed-no-address = I find no link in “{ $words }”. Write all of it after the command: <code>/addfeed{ $at } https://news.example/rss</code>
addfeed-bad-list = I cannot take a list of feeds (OPML) from this file. Reason: <code>{ $cause }</code>
addfeed-many = { $most ->
    [one] I read one link in a message at most.
   *[other] I read { $most } links in a message at most.
} Send the others afterwards, or all of them in an OPML file with /addfeed{ $at } as its caption.
feeds-reading = { $feeds ->
    [one] Reading the feed…
   *[other] Reading { $feeds } feeds…
}
feeds-progress = Reading feeds: { $done } of { $total }
feed-added = The feed is added and read: { n-new-articles }.
feed-back = The feed is back and read: { n-new-articles }.
feed-known = This feed was added before.
feed-restored = The feed is back; it is read { $when }.
feed-pending = The feed is added but not read to its end yet. It is read in the coming minutes.
feed-waiting = The feed is added, but it could not be read now. It is tried again by itself.
feed-refused = The feed was not added: { $reason }.
feed-again = To add another: /addfeed{ $at }
feed-read-now = Read just now: { n-new-articles }.
feed-not-read = It could not be read now.
feed-being-read = It is being read. Open its card in a while.
feed-unfinished = Reading it did not end in the time allowed; it is read again by itself.
feed-offers = This page names { $feeds ->
    [one] one feed
   *[other] { $feeds } feeds
}. Which do you want?
feed-of-link = This link is a news feed, not an article, so nothing of it was stored.
feed-of-link-add = Add it and I will read it from now on, or send the link of a single article.
feed-held = added before
feed-offers-left = The page also named:
feed-offers-more = { $feeds ->
    [one] And one more feed
   *[other] And { $feeds } more feeds
}. To add one, write its link after /addfeed{ $at }
feeds-section-added = <b>Added and read</b> ({ n-feeds })
feeds-section-back = <b>Back and read</b> ({ n-feeds })
feeds-section-known = <b>Added before</b> ({ n-feeds })
feeds-section-waiting = <b>Added, to be tried again</b> ({ n-feeds })
feeds-section-pending = <b>Added, to be read in the coming minutes</b> ({ n-feeds })
feeds-section-offers = <b>Pages that name feeds: add those that you want</b>
feeds-section-refused = <b>Not added</b> ({ n-feeds })
feeds-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
feeds-next = All feeds: /feeds{ $at }
starter-added = The ready list is added ({ n-feeds }); its feeds are read one after the other in the coming minutes.
starter-known = All of the ready list was added before.

## Removing, reading, exporting

removefeed-ask =
    Write the feed’s number after the command, such as:
    <code>/removefeed{ $at } 12</code>
    The numbers stand in the list: /feeds{ $at }
checkfeed-ask =
    Write the feed’s number after the command to read it now, such as:
    <code>/checkfeed{ $at } 12</code>
    The numbers stand in the list: /feeds{ $at }
feed-missing = No feed has the number { $number }. All feeds: /feeds{ $at }
feed-removed = The feed “{ $name }” is removed; the articles that were stored from it stay.
feeds-exported =
    The list of all feeds ({ n-feeds }) as OPML, which feed readers understand.
    To add them again, send this file with /addfeed{ $at } as its caption.
feeds-export-private = The links of feeds may hold what is private. Ask for the list in a private chat with me.

## What admins are told

alert-failing = <b>A feed cannot be read</b>
alert-failing-say = I go on trying, with ever longer pauses.
alert-gone = <b>A feed was taken away by its site</b>
alert-back = <b>A feed can be read again</b>

## Why a feed was not read

fault-address = this is no link that can be opened
fault-user = the link holds a user name or a password; such links are not opened
fault-private = the link leads into a private network; only public addresses are opened
fault-port = port { $value } in the link is none of the web’s
fault-name = there is no site of this name
fault-certificate = no secure connection to the site, or its certificate is not valid
fault-connection = no connection to the site
fault-slow = the site did not answer in time
fault-redirects = the site leads from one address to the next without end
fault-robots = the site does not let programs read this link
fault-rules = it cannot be told now what the site allows to be read (robots.txt)
fault-server = the site has a fault ({ $value })
fault-busy = the site asks to wait ({ $value })
fault-gone = the site says that it is gone for good ({ $value })
fault-missing = the site has nothing at this link ({ $value })
fault-refused = the site refuses to have this link read ({ $value })
fault-status = the site answered with the code { $value }
fault-large = the answer is larger than what is read
fault-heavy = reading it takes more time or memory than is allowed
fault-ours = something went wrong in reading it; it was logged
fault-broken = the answer breaks off or is garbled
fault-empty = the answer is empty
fault-several = a page that names several feeds, not one
fault-page = there is a page at this link now and no feed
fault-none = it is no feed (RSS, Atom or JSON Feed), nor a page that names one
fault-markup = its markup is broken beyond reading
fault-other = { $value }

## Buttons and toasts

button-feeds = All feeds
button-feed-add = Add a feed
button-feed-open = The feed’s card
button-feed-check = Read it now
button-feed-remove = Remove it
button-feed-address = Open the link
button-feed-choose = Add { $number }
button-feed-choose-named = Add { $number }: { $name }
button-feed-add-this = Add this feed
button-feeds-starter = Add the ready list
button-feeds-export = Export the list (OPML)
button-feeds-back = Back to the feeds
toast-feed-gone = This feed is no longer here. All feeds: /feeds
toast-feed-removed = The feed is removed.
toast-feed-restored = The feed is back.
menu-feeds = feeds and how they are doing
menu-addfeed = add a feed (RSS)
menu-removefeed = remove a feed
menu-checkfeed = read a feed now
