## Kept stories

saved-title = Saved stories
saved-empty = No saved stories here yet. Open a story from the list and press “Save” under it to find it here: /latest{ $at }
saved-full = That is as many as are kept: { n-stories }. Remove what you no longer want to save others.
button-keep = Save
button-drop = Remove from saved
button-drop-one = Remove { $number }
button-share = Share
button-less-of = Less of this: { $topic }
button-less-undo = Undo less: { $topic }
toast-kept = Saved. You find it in /saved
toast-dropped = The story is no longer saved.
toast-kept-full = No more than { $most } stories are kept. Remove some to save others: /saved
toast-less = News about “{ $topic }” comes last in the digest from now on.
toast-less-undone = News about “{ $topic }” is back in its place in the digest.

## A chat's own data

mydata-caption =
    All that is stored of this chat, in one file.
    To delete all of it: /forgetme{ $at }
mydata-refused = Only the group’s administrators ask for its data or delete it. You can ask for your own in a private chat with me.
forget-ask =
    <b>Delete all that is stored of this chat?</b>
    The subscription, settings, followed topics, saved stories and waiting messages are deleted. There is no way back.
    To take a copy first: /mydata{ $at }
button-forget = Delete everything
button-not-forget = Delete nothing
forgotten =
    All that was stored of this chat is deleted, and no digest will come any more. The last traces go within seconds.
    To begin anew: /start{ $at }
forget-not = Nothing was deleted. What is stored, and why: /privacy{ $at }

## Broadcasts and copies

broadcast-ask =
    Write after the command what goes to every subscriber, such as:
    <code>/broadcast{ $at } The service pauses for an hour tonight.</code>
broadcast-long = The text is longer than is accepted: { $units } characters, and the limit is { $most }. Shorten it and send it again after /broadcast{ $at }
broadcast-nobody = There are no subscribers to send it to. Figures: /stats{ $at }
broadcast-confirm = This message goes to every subscriber ({ n-subscribers }):
broadcast-quiet = Whoever has quiet hours now gets it without a sound.
broadcast-done = The message is on its way to the subscribers ({ n-subscribers }).
broadcast-next = How many were sent and how many wait: /stats{ $at }
broadcast-thrown = The message was not sent. To write another: /broadcast{ $at }
button-send = Send to everyone
button-not-send = Do not send
toast-admins = This button is for the bot’s admins alone.
toast-broadcast-gone = This message is no longer here. Write it again after /broadcast
file-size = { $megabytes } MB
backup-caption = A copy of the whole database ({ $size }). It holds what readers chose, so keep it in a safe place. Figures: /stats{ $at }
backup-path =
    The copy of the database is too large to be sent here ({ $size }). It lies on the bot’s machine:
    <code>{ $path }</code>
backup-kept = { $copies ->
    [one] The newest copy alone is kept in that folder; older ones are deleted.
   *[other] The { $copies } newest copies are kept in that folder; older ones are deleted.
}
backup-private = The copy of the database holds what readers chose. Ask for it in a private chat with me.
