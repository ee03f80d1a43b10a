"""What each verb will do, in words, for the page that asks for it: ``(when or where, what happens)``."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "submit": _("Submit “%s” for review"),
    "check": _("“%s”: checked"),
    "send_back": _("Send “%s” back"),
    "approve": _("Approve “%s”"),
    "publish": _("Publish “%s”"),
    "withdraw": _("Withdraw “%s”"),
}
NAMES = {
    "submit": _("Submit for review"),
    "check": _("I have checked it"),
    "send_back": _("Send back"),
    "approve": _("Approve"),
    "publish": _("Publish"),
    "withdraw": _("Withdraw"),
}
CONSEQUENCES = {
    "submit": (
        (_("Now"), _("The trip as it is saved is kept for the reviewers. Nothing becomes public.")),
        (_("Told by mail"), _("Everyone who reviews, and those who work on the trip.")),
        (_("The desk"), _("You can go on editing: later changes wait until they are submitted too.")),
    ),
    "check": (
        (_("Now"), _("It is noted that you have read what was submitted and found it in order. It decides nothing.")),
        (_("Later edits"), _("What is submitted afterwards has to be checked again.")),
        (_("Told by mail"), _("Those who approve, and those who work on the trip.")),
    ),
    "send_back": (
        (_("Now"), _("The trip asks for changes. It cannot be published until it is submitted again.")),
        (_("Told by mail"), _("Those who work on the trip get your comment.")),
    ),
    "approve": (
        (
            _("Now"),
            _("You agree to every word of what was submitted. It can then be published, exactly as it is."),
        ),
        (_("Later edits"), _("They are not part of what you approve.")),
        (_("Told by mail"), _("Those who work on the trip.")),
    ),
    "publish": (),  # the page lists the contents themselves
    "withdraw": (
        (
            _("Now"),
            _(
                "The page, its data and its files answer that they were withdrawn, with the reason you give. Lists, "
                "search and party pages name them no more."
            ),
        ),
        (_("Older editions"), _("None of them comes back by itself.")),
        (_("Scheduled editions"), _("They go with the whole trip, and never become public.")),
        (_("The desk"), _("The working copy stays as it is. To undo this, publish again.")),
    ),
}
