"""The pages on which people sign in and out."""

from ui.web.markup.escape import attribute
from ui.web.markup.frame import plain_page
from ui.web.markup.notices import problem

_SIGN_IN = "Only people who have a name and a password here may use this page."


def sign_in_page(*, root: str, onward: str, name: str = "", trouble: str = "") -> str:
    """Return the form to sign in; `onward` is where to go then, `trouble` why it did not work before."""
    # The cursor stands where something is to be written first.
    first, second = ("", " autofocus") if name else (" autofocus", "")
    return plain_page(
        "Sign in",
        _SIGN_IN,
        root=root,
        content=(
            (problem(trouble) if trouble else "")
            + f'<form class="mb-entrance" method="post" action="{attribute(root)}/sign-in">'
            f'<input type="hidden" name="onward" value="{attribute(onward)}">'
            '<p><label for="mb-name">Name</label>'
            f'<input id="mb-name" name="name" value="{attribute(name)}" autocomplete="username" '
            f'autocapitalize="none" spellcheck="false" maxlength="100" required{first}></p>'
            '<p><label for="mb-password">Password</label>'
            '<input id="mb-password" name="password" type="password" autocomplete="current-password" '
            f'maxlength="1000" required{second}></p>'
            '<p><button class="mb-primary">Sign in</button></p></form>'
        ),
    )


def sign_out_page(*, root: str, name: str) -> str:
    """Return the page on which a reader signs out."""
    return plain_page(
        "Sign out",
        f"You have signed in as {name}.",
        root=root,
        content=(
            f'<form method="post" action="{attribute(root)}/sign-out"><p><button>Sign out</button></p></form>'
        ),
    )
