## The first minute

start-title = Welcome to Mojaz
start-what = I bring all that the sources publish about one event together as one story, and shorten it to sentences of the articles, just as they were published.
start-offer = Press “Subscribe” to get the digest every day at { $clock } { $zone }; you may change the time after that.
start-offer-group = I post the day’s digest in this group once one of its administrators subscribes it with the first button: every day at { $clock } { $zone }, or at an hour of their choice. The news is for all members: /latest{ $at }
start-offer-channel = I post the day’s digest in this channel once one of its administrators subscribes it with the first button: every day at { $clock } { $zone }, or at an hour of their choice.
start-subscribed = The digest comes { $days } { at-clock } { $zone }.
start-help = All that I can do: /help{ $at }
start-empty = No news yet. Subscribe now to get the first digest as soon as news comes in.
start-time-ask = At what time do you want the digest?
start-time-other = Another hour
start-time-hint = Or write any time to the minute: <code>/subscribe{ $at } 07:42</code>
start-time-written = Do you want the digest every day at { $clock } { $zone }?
start-time-set = Yes, daily at { $clock }
start-zone-no = No, change the time zone
start-zone-ask = In which country are you?
start-zone-hint = Or write your city’s name: <code>/settings{ $at } Damascus</code>
start-countries-more = More countries
start-done = All is set
start-next = To change topics, days and more: /settings{ $at }
