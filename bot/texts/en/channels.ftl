## Channels as sources

channel-how =
    <b>A Telegram channel as a source</b>
    One of the bot’s admins makes the bot an administrator of the channel. From then on its posts are stored as they come, and an edited post changes what is stored. Short posts and commands are not stored.
channel-title = <b>Channels</b>
channel-none = No channel is a source now.
channel-line = { $place }. { $name }: { n-articles }
channel-stop = To stop one: <code>/channel{ $at } stop 1</code>, with its number in the list. What was stored from it stays.
channel-stopped = Nothing more is stored from the channel { $name }. To bring it back, take the bot out of the channel’s administrators and put it in again.
channel-unknown = No channel has this number.
menu-channel = Telegram channels as sources
