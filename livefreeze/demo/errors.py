"""What ends a story before its end."""


class StoryFailed(Exception):
    """Something did not happen; the message says what, with the end of a log where one knows more."""
