"""Signing in as people do."""

from typing import Any

from django.contrib.auth.models import User

PASSWORD = "orchid-lantern-42"


def member(username: str = "mei", **more: Any) -> User:
    """A member of staff with every right, unless told otherwise."""
    return User.objects.create_user(
        username,
        f"{username}@example.org",
        PASSWORD,
        **{"first_name": "Mei", "last_name": "Lin", "is_staff": True, "is_superuser": True, **more},
    )


def sign_in(page: Any, username: str = "mei") -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
