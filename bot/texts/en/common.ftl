### The bot's English words. Texts that become messages are HTML; labels and toasts are plain.
### { $at } is empty, or @ and the bot's name in groups. Keys and variables are the same in ar.ftl.

## Counted nouns

n-stories = { $stories ->
    [one] { $stories } story
   *[other] { $stories } stories
}
n-sources = { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}
n-articles = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
n-subscribers = { $subscribers ->
    [one] { $subscribers } subscriber
   *[other] { $subscribers } subscribers
}
from-sources = { $sources ->
    [0] from no known source
    [one] from { $sources } source
   *[other] from { $sources } sources
}
reading-time = { $minutes ->
    [0] less than a minute’s reading
    [one] { $minutes } minute’s reading
   *[other] { $minutes } minutes’ reading
}

## Times

age-now = just now
age-minutes = { $minutes ->
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
age-hours = { $hours ->
    [one] { $hours } hour ago
   *[other] { $hours } hours ago
}
age-days = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
age-yesterday = yesterday
when-today = today, { $moment }
when-tomorrow = tomorrow, { $moment }
zone = { $city } time
at-clock = { $times ->
    [one] at { $clock }
   *[other] at { $clock }
}
clock-and = { $clocks } and { $clock }

## Lists

latest-title = Latest news
search-title = Search for “{ $words }”
topics-title = <b>Topics</b>
topics-day = Stories in the last 24 hours
topics-hint = Press a topic to read its news, or write any topic’s name after <code>/topic{ $at }</code>.
topics-hint-private = Press a topic to read its news, or just write any topic’s name.
topics-empty = No news about a known topic came in the last 24 hours. The latest of all: /latest{ $at }
topic-count = { $topic } ({ $stories })
topic-ask = <b>Which topic?</b>
sources-title = <b>Sources</b>
source-newest = newest { $age }
list-range = Stories { $from } to { $to }
list-one = Story { $from }
list-hint = Press a story’s number to read its summary.
more-sources = { $sources ->
    [one] and { $sources } more source
   *[other] and { $sources } more sources
}
untitled = Untitled story

## Nothing to show

latest-empty = No news yet. It will stand here as soon as it comes, and reach you every day if you subscribe: /subscribe{ $at }
latest-empty-admin =
    No news yet. To bring some in:
    • send a file (<code>txt</code>, <code>md</code>, <code>html</code>, <code>json</code>, <code>jsonl</code>, <code>csv</code> or <code>xml</code>) with /ingest as its caption
    • or write an article’s text or link after /ingest
    • or reply to a message that holds an article with /ingest
list-over = No more stories after this page. From the top: /latest{ $at }
topic-empty = No news about “{ $topic }” yet. The latest of all: /latest{ $at }
topic-unknown = I know no topic called “{ $words }”, and no story holds these words.
topic-guessed = I know no topic called “{ $words }”; perhaps you mean “{ $topic }”:
topic-searched = I know no topic called “{ $words }”; these stories hold the words:
topic-searched-near = I know no topic called “{ $words }” (or did you mean “{ $topic }”?); these stories hold the words:
topic-nearest = Perhaps you mean:
topic-see-all = All topics: /topics{ $at }
search-ask =
    Write what you look for after the command, such as:
    <code>/search{ $at } ceasefire</code>
    Words in quotation marks are taken as a phrase:
    <code>/search{ $at } "مجلس الأمن"</code>
search-empty = No story holds “{ $words }”. Try fewer words, or choose a topic: /topics{ $at }
sources-empty = No sources yet. They will stand here with the first story. Help: /help{ $at }
read-ask =
    Write a story’s number after the command, such as:
    <code>/read{ $at } 12</code>
    or open stories from their list: /latest{ $at }
read-missing = There is no story { $number }. It may have been deleted. Latest news: /latest{ $at }

## A story

card-no-text = Only the headline of this story came in.
card-sources = Sources
card-related = Related stories
card-number = Story { $number }
summary-title = Summary of the text
summary-whole = The text is short, so nothing is left out.
summary-saved = { $to } words out of { $from }
summary-next = Another text in short: /summarize{ $at } · the latest news: /latest{ $at }
summary-ask =
    Send a text or a link after /summarize{ $at }, or reply with this command to a message or file that holds a long text: I will shorten it to whole sentences of its own.
summary-no-file = To have a file shortened, reply to it with /summarize{ $at }, or send it with this command as its caption.
link-alone =
    I do not open links. Paste the article’s text here and I will shorten it, or search for the story by its words: /search{ $at }

## Digests

digest-morning = Morning digest
digest-midday = Midday digest
digest-evening = Evening digest
digest-counts = { n-stories } { from-sources } · { reading-time }
digest-counts-plain = { n-stories } · { reading-time }
digest-late = This digest comes late because the service was interrupted.
digest-left-out = { $stories ->
    [one] { $stories } more story did not fit: /latest{ $at }
   *[other] { $stories } more stories did not fit: /latest{ $at }
}
digest-all = That is all.
digest-stop = To stop the digest: /stop{ $at }
digest-daily = To get it every day: /subscribe{ $at }
digest-nothing = Nothing new since the last digest. What came before: /latest{ $at }
digest-nothing-day = Nothing new in the last 24 hours. What came before: /latest{ $at }

## Subscriptions

subscribed = Subscribed
subscribed-all = The digest comes { $days } { at-clock } { $zone }, with all the news.
subscribed-topics = The digest comes { $days } { at-clock } { $zone }, with news about: { $topics }.
subscribed-next = Next digest: { $when }
subscribed-hint =
    To change the time or topics:
    <code>/subscribe{ $at } 20:30 Syria</code>
    For all the news:
    <code>/subscribe{ $at } all</code>
    To stop: /unsubscribe{ $at }
subscribe-bad-time =
    I do not understand the time “{ $words }”. Write it like this:
    <code>/subscribe{ $at } 08:00</code>
    <code>/subscribe{ $at } 8:30 pm</code>
    <code>/subscribe{ $at } 20:30 Syria</code>
subscribe-unknown = I know no topic called “{ $words }”; the subscription is as it was.
subscribe-again = Write the command again with the right name, or choose from all topics: /topics{ $at }
subscribe-see-all = Choose from all topics: /topics{ $at }
unsubscribed = The digest is stopped and will not come any more. The button brings it back as it was, or: /subscribe{ $at }
unsubscribed-none = There is no subscription here to stop. To get the digest every day: /subscribe{ $at }
undo-nothing = There is no earlier subscription to bring back.
manage-refused = Only the group’s administrators change its subscription. You can subscribe by yourself in a private chat with me.
follow-ask =
    Write the topic’s name after the command, such as:
    <code>/follow{ $at } Syria</code>
unfollow-ask =
    Write the topic’s name after the command, such as:
    <code>/unfollow{ $at } Syria</code>
follow-unknown = I know no topic called “{ $words }”; nothing was changed.
follow-none = No topics are followed. The digest puts the most reported stories first.
follow-now = Topics that lead the digest: { $topics }.
follow-limited = But your subscription holds only: { $topics }. For all news: <code>/subscribe{ $at } all</code>
follow-most = There is no room for more than { $most } topics. To unfollow some: /settings
unfollow-none = You did not follow: { $topics }.
names-most = This command takes at most { $most } names at a time; nothing was changed.
follow-hint-subscribe = To get the digest every day: /subscribe{ $at }
follow-hint-digest = The digest now: /digest{ $at }

## Help

help =
    <b>News</b>
    /latest{ $at } — the latest news
    /topics{ $at } — topics and their numbers of stories
    <code>/topic{ $at } syria</code> — news about a topic
    <code>/search{ $at } ceasefire</code> — search in the texts
    <code>/read{ $at } 12</code> — a story by its number
    /sources{ $at } — the sources and the news of each
    /saved{ $at } — the stories that you saved
    <code>/summarize{ $at } text</code> — a long text in short

    <b>Daily digest</b>
    /digest{ $at } — the digest now
    <code>/subscribe{ $at } 08:00</code> — the digest every day at that time
    <code>/subscribe{ $at } 20:30 syria</code> — news about one topic alone
    <code>/follow{ $at } syria</code> — a topic that leads the digest
    <code>/unfollow{ $at } syria</code> — leads no longer
    /settings{ $at } — times, days, time zone, sources, language, digits
    /unsubscribe{ $at } — stop the digest

    <b>About the bot</b>
    /start{ $at } — from the beginning
    /privacy{ $at } — what is stored about you and why
    /mydata{ $at } — a file with all of it
    /forgetme{ $at } — delete all of it
help-private = You may also just write a topic’s name, such as “Syria”, or send a long text or an article’s link to have it shortened.
help-admin =
    <b>For the bot’s admins</b>
    /ingest{ $at } — bring articles in: text or a link after the command, a reply to a message, or a file
    /feeds{ $at } — feeds (RSS) and how they are doing
    <code>/addfeed{ $at } https://news.example/rss</code> — add a feed
    <code>/checkfeed{ $at } 12</code> — read a feed now
    <code>/removefeed{ $at } 12</code> — remove a feed
    /channel{ $at } — Telegram channels as sources
    <code>/delete{ $at } 12</code> — delete an article
    /stats{ $at } — the bot in figures
    <code>/broadcast{ $at } text</code> — a message to every subscriber
    /backup{ $at } — a copy of the database
privacy =
    <b>What is stored, and why</b>
    • This chat’s number and kind, so that answers and digests reach it.
    • What was chosen in it: the digest’s times, days and topics, words and sources to show or to leave out, language, time zone and digits.
    • The stories that were saved in it, so that you find them again.
    • When the last digest came, so that none comes twice, and which messages arrived: for three days, without their text.
    • Your messages to the bot and its answers until they are dealt with, so that none is lost when the service is interrupted; then their text is deleted.
    • A link that you send is opened once to shorten its page; its site does not learn who sent it.

    No names, telephone numbers or places are stored; nothing is given to anyone; there are no advertisements.
    All that is stored of this chat, in a file: /mydata{ $at }
    To delete all of it: /forgetme{ $at }
    To stop the digest: /unsubscribe{ $at }
unknown-command = I do not know the command <code>/{ $command }</code>.
unknown-nearest = Perhaps you mean: { $commands }
unknown-help = All commands: /help{ $at }

## Admins

admin-only = This command is for the bot’s admins alone. What you can do: /help{ $at }
ingest-ask =
    <b>To bring articles in</b>
    • write the article’s text or link after /ingest{ $at }
    • or reply to a message that holds an article with /ingest{ $at }
    • or send a file (<code>txt</code>, <code>md</code>, <code>html</code>, <code>json</code>, <code>jsonl</code>, <code>csv</code> or <code>xml</code>, gzipped or not) with /ingest{ $at } as its caption
    • or send a list of feeds (an <code>opml</code> file) with the same caption, and its feeds are added
ingest-link = I do not open links. Paste the article’s text after /ingest{ $at }.
ingest-reading = Reading the articles…
ingest-progress = Reading the articles: { $done } of { $total }
ingest-stored = <b>Stored</b> ({ n-articles })
ingest-known = <b>Already known</b> ({ n-articles })
ingest-refused = <b>Refused</b> ({ n-records })
n-records = { $records ->
    [one] { $records } record
   *[other] { $records } records
}
ingest-line = Line { $line }: { $reason }
ingest-nothing = I found no article in what was sent. What I accept: /ingest{ $at }
ingest-next = To read what came in: /latest{ $at }
and-more = and { $count } more
delete-ask =
    Write the article’s number after the command, such as:
    <code>/delete{ $at } 12</code>
    The numbers stand in the answer to /ingest{ $at } and on each story’s card.
deleted = Article { $number } is deleted everywhere: { $title }
delete-missing = There is no article { $number }; nothing was deleted. The news: /latest{ $at }
delete-is-story =
    { $number } is the number of a story, not of an article; nothing was deleted. This story’s articles:
stats-title = The bot in figures
stats-articles = { n-articles } in { n-stories } { from-sources }
stats-chats = Chats: { $chats } · { n-subscribers }
stats-sent = Messages sent: { $sent } · waiting: { $queued } · undeliverable: { $dead }
stats-days = Articles that arrived each day
stats-day = { $bar } { $articles } · { $day }
stats-next = To bring articles in: /ingest{ $at }

set-aside = Update { $update } could not be answered after several tries and was set aside. Cause: <code>{ $cause }</code>
set-aside-more = { $updates ->
    [one] One other update before it was set aside too.
   *[other] { $updates } other updates before it were set aside too.
}
dead-letter = A message to chat { $chat } could not be delivered. Cause: <code>{ $cause }</code>
dead-letters-more = { $letters ->
    [one] One other message before it could not be delivered either.
   *[other] { $letters } other messages before it could not be delivered either.
}

## Why a record was refused

refused-empty = neither text nor title
refused-not-an-object = not a JSON object
refused-broken-json = broken JSON
refused-wrong-type = a field holds something that is no text
refused-bad-date = a date that cannot be read
refused-bad-url = a broken link
refused-too-long = longer than is accepted
refused-no-words = no words that can be read
refused-too-slow = reading it took longer than is allowed
refused-detail = { $reason } ({ $detail })

## Errors

error-unexpected = Something unexpected went wrong and was recorded. Try again in a moment, or: /help{ $at }
error-configuration = The bot is not set up right; its operator finds the cause in the log.
error-unreadable-document = I cannot read this file. I accept <code>txt</code>, <code>md</code>, <code>html</code>, <code>json</code>, <code>jsonl</code>, <code>csv</code> and <code>xml</code>, gzipped or not.
error-damaged-document = This compressed file is damaged or cut short; nothing of it was read. Compress it again and send it once more.
error-storage = The store does not answer at the moment. Try again in a while.
error-took-too-long = The work took longer than is allowed and was stopped. Try a shorter text or file.
error-busy = Too many requests are being worked on right now, so I did nothing with this one. Send it again in a minute.
error-telegram = Telegram did not accept this. If it was a large file, split it and send it again.

## Buttons and toasts

button-latest = Latest news
button-topics = Topics
button-digest = Digest now
button-help = Help
button-private = A private chat with me
button-previous = Previous
button-next = Next
button-refresh = Refresh
button-source = Read at the source
button-back = Back to the list
button-more = More sentences
button-less = Fewer sentences
button-subscribe = Subscribe: daily at { $clock }
button-unsubscribe = Stop the digest
button-undo = Undo
button-follow = Follow: { $topic }
button-unfollow = Unfollow: { $topic }
toast-stale = This button no longer works. Ask for a new list: /latest
toast-manage = Only the group’s administrators change this.
toast-in-channel = Only the channel’s administrators change its posts. Ask me in a private chat.
toast-deleted = This story was deleted.
toast-followed = “{ $topic }” leads the digest from now on.
toast-unfollowed = “{ $topic }” no longer leads the digest.

## Command menus and the bot's profile

menu-start = today’s digest, and subscribe in one tap
menu-latest = the latest news
menu-topic = news about a topic: write its name
menu-topics = topics and their numbers of stories
menu-search = search in the texts of the news
menu-read = a story by its number
menu-digest = the digest now
menu-subscribe = daily digest: time and topics
menu-unsubscribe = stop the digest
menu-stop = stop the digest
menu-follow = a topic that leads the digest
menu-unfollow = a topic that leads no longer
menu-settings = times, time zone, sources, language, digits
menu-sources = the sources
menu-summarize = a long text in short
menu-help = help
menu-privacy = what is stored about you and why
menu-saved = the stories that you saved
menu-mydata = a file with all that is stored about you
menu-forgetme = delete all that is stored about you
menu-broadcast = a message to every subscriber
menu-backup = a copy of the database
menu-ingest = bring articles in
menu-delete = delete an article
menu-stats = the bot in figures
bot-name = Mojaz
bot-description =
    Mojaz brings all that the Arabic press publishes about one event together as one story, shortens it to sentences of the articles just as they were published, and sends you the day’s digest at the hour that you choose.
    Press “Start”.
bot-short-description = The day’s news in sentences of its sources, and a daily digest at the hour that you choose.
