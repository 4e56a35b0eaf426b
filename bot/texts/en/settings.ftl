## The settings message: its first page

settings-title = Settings
settings-line = <b>{ $name }:</b> { $value }
settings-hint = Press what you want to change.
settings-times = Digest times
settings-days = Digest days
settings-zone = Time zone
settings-topics = Topics
settings-only = The digest is about
settings-words = Words
settings-sources = Sources
settings-length = Length
settings-language = Language
settings-digits = Digits
settings-dates = Dates
settings-quiet = Quiet hours
settings-back = Back to settings
settings-chosen = ✓ { $label }
settings-drop = ✕ { $label }
settings-off = the digest is off
settings-zone-now = { $city }, where it is { $clock } now
settings-none-followed = none followed
settings-no-words = no conditions
settings-words-wanted = one of: { $words }
settings-words-unwanted = none of: { $words }
settings-all-sources = all
settings-muted = { $sources ->
    [one] all but { $sources } source
   *[other] all but { $sources } sources
}
settings-quiet-hours = { $from } to { $to }
settings-quiet-never = never
settings-months-of-zone = by time zone ({ $sample })
settings-with-hijri = { $months }, with the Hijri date

## Weekdays

days-every = every day
days-work = every week from Sunday to Thursday
days-some = { $count ->
    [one] every week on { $days }
   *[other] every week on { $days }
}
hijri = { $day } { $month } { $year } AH, approximately

## Digest times

settings-times-are = The digest comes { $days } { at-clock } { $zone }.
settings-times-off = The daily digest is off. Press the button to subscribe, or add a time.
settings-times-hint = To add any time to the minute: <code>/settings{ $at } 07:42</code>
settings-add-time = Add a time
settings-hours-ask = At which hour shall the digest come?
settings-minutes-ask = At which minute?

## Days

settings-days-ask = On which days shall the digest come?
settings-work-days = Sunday to Thursday

## Time zone

settings-zone-ask = Choose your country, or write your city’s name: <code>/settings{ $at } Damascus</code>
settings-zone-share = Or send your location to this chat: it tells the time zone, and is not kept.
settings-cities-ask = There are several time zones in { $country }. Which city’s clock is yours?
settings-clock-ask = Is it { $clock } where you are?
settings-clock-where = { $place } · { $day }
settings-place = { $city } ({ $country })
settings-yes = Yes
settings-no = No
settings-places = Which “{ $words }” do you mean?
settings-place-unknown = I know no city or country called “{ $words }”. Nothing was changed.
settings-place-near = Perhaps you mean one of these; or choose your country:

## Topics

settings-followed = These lead the digest: { $topics }.
settings-topics-only = The digest is about these topics alone: { $topics }.
settings-less = These come last in the digest: { $topics }.
settings-topics-hint =
    To make a topic lead:
    <code>/follow{ $at } Syria</code>
    For a digest of some topics alone:
    <code>/subscribe{ $at } Syria, Egypt</code>
settings-all-news = All news
settings-drop-less = ✕ last: { $label }

## Words

settings-words-say = The words are looked for in the stories’ headlines and summaries, however they are spelt, with or without Arabic particles. Words in a row are one phrase.
settings-wanted = The digest holds only stories with one of these: { $words }.
settings-unwanted = No story is shown with one of these: { $words }.
settings-words-hint =
    To ask for a word:
    <code>/settings{ $at } +غزة</code>
    To leave out a word or a phrase:
    <code>/settings{ $at } -كرة القدم</code>
settings-word-bad = There is no word to read in “{ $words }”, or it is too long.
settings-words-full = { $most ->
    [one] There is room for { $most } word.
   *[other] There is room for { $most } words.
} Take one out first.
settings-drop-wanted = ✕ wanted: { $label }
settings-drop-unwanted = ✕ left out: { $label }

## Sources

settings-sources-say = Press a source to mute it or to bring it back. A muted source’s articles are in no digest and no list.
settings-sources-none = No sources yet. They will stand here with the first story.

## What the choices leave

digest-nothing-chosen = Nothing new that agrees with the topics, words and sources that you chose. To change them: /settings{ $at }
list-nothing-chosen = Nothing is left here without the words and sources that you left out. To change them: /settings{ $at }

## Length, language, digits, dates, quiet hours

settings-length-ask = How long shall the digest be?
length-short = short
length-normal = normal
length-long = long
settings-length-option = { $label }: { n-stories }
settings-language-ask = In which language shall I speak? The news stays in its own, as it was published.
settings-digits-ask = Which digits do you read?
digits-latin = Latin digits
digits-arabic = Arabic digits ٠١٢٣
settings-dates-ask = Which month names do you read in Arabic? Today: { $today }
settings-hijri-off = without Hijri dates
settings-hijri-on = with Hijri dates
settings-hijri-say = Hijri dates are by the Umm al-Qura calendar; the moon as it is seen may differ by a day or two.
settings-quiet-say = In these hours what you did not ask for, such as messages of the bot’s admins, comes without a sound. The digest comes at the time that you chose.

## Toasts

toast-saved = Saved.
toast-settings-stale = This button no longer works. Ask for the settings again: /settings
toast-last-time = This is the digest’s last time. To end it press “Stop the digest”.
toast-last-day = At least one day must stay. To end the digest: /stop
toast-most-times = { $most ->
    [one] There is room for { $most } time a day.
   *[other] There is room for { $most } times a day.
}
