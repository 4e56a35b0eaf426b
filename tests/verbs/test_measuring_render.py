"""`mojaz bench render`: three layouts, of which no two messages are alike."""

from bot.texts import html
from bot.verbs.measuring_render import layouts


def test_each_layout_is_a_whole_message_and_no_two_are_alike() -> None:
    for layout in layouts():
        one, two = layout.made(1), layout.made(2)
        assert one.text != two.text
        assert html.size(one.text).within(html.BUDGET)


def test_a_list_has_twenty_stories_and_a_digest_eight() -> None:
    made = {layout.name: layout.made(1) for layout in layouts()}
    numbers = [button.label for row in made["list of 20"].buttons for button in row]
    assert {str(number) for number in range(1, 21)} <= {*numbers}
    assert made["digest of 8"].text.count("<blockquote") == 8
