"""The digests of this morning in the demo city, as the timer would have made them."""

from oversight.deadlines import digests


def tell(story):
    with story.on(0, 8):
        digests.make()
