"""In what part a trip, or what belongs to it, uses a record; and how the parts of a trip are counted."""

from django.utils.translation import ngettext_lazy

PARTS = {
    "trips.routestop.city": ngettext_lazy("on the route", "on the route, %d times"),
    "trips.visit.city": ngettext_lazy("place of %d visit", "place of %d visits"),
    "trips.visit.host": ngettext_lazy("host of %d visit", "host of %d visits"),
    "trips.visit_participants.organisation": ngettext_lazy("takes part in %d visit", "takes part in %d visits"),
    "trips.organising.organisation": ngettext_lazy("organises it", "organises it, in %d roles"),
    "trips.delegation.sender": ngettext_lazy("sends a delegation", "sends %d delegations"),
    "trips.delegate.organisation": ngettext_lazy("organisation of %d person", "organisation of %d people"),
    "trips.outcome_parties.organisation": ngettext_lazy("party of %d outcome", "party of %d outcomes"),
    "trips.coverage.outlet": ngettext_lazy("outlet of %d press item", "outlet of %d press items"),
    "trips.trip_themes.theme": ngettext_lazy("one of its themes", "one of its themes"),
    "trips.trip.owner": ngettext_lazy("owns it", "owns it"),
    "trips.trip_colleagues.user": ngettext_lazy("colleague", "colleague"),
    "trips.trip.edited_by": ngettext_lazy("made the last change", "made the last change"),
    "trips.outcome.owner": ngettext_lazy("looks after %d outcome", "looks after %d outcomes"),
    "trips.candidate.submitted_by": ngettext_lazy("submitted it", "submitted it %d times"),
    "trips.candidate.edited_by": ngettext_lazy(
        "last editor of what was submitted", "last editor of what was submitted"
    ),
    "trips.withdrawal.withdrawn_by": ngettext_lazy("withdrew it", "withdrew it %d times"),
    "trips.reviewlink.made_by": ngettext_lazy("made %d review link", "made %d review links"),
    "trips.reviewlink.revoked_by": ngettext_lazy("ended %d review link", "ended %d review links"),
    "trips.remark.done_by": ngettext_lazy("settled %d remark", "settled %d remarks"),
}
KINDS = {
    "trips.routestop": ngettext_lazy("%d city of the route", "%d cities of the route"),
    "trips.organising": ngettext_lazy("%d organiser", "%d organisers"),
    "trips.delegation": ngettext_lazy("%d delegation", "%d delegations"),
    "trips.delegate": ngettext_lazy("%d person", "%d people"),
    "trips.visit": ngettext_lazy("%d visit", "%d visits"),
    "trips.report": ngettext_lazy("%d report", "%d reports"),
    "trips.photo": ngettext_lazy("%d photo", "%d photos"),
    "trips.document": ngettext_lazy("%d document", "%d documents"),
    "trips.coverage": ngettext_lazy("%d press item", "%d press items"),
    "trips.statement": ngettext_lazy("%d statement", "%d statements"),
    "trips.outcome": ngettext_lazy("%d outcome", "%d outcomes"),
}
EDITIONS = {"trips.edition.published_by": ngettext_lazy("published it", "published it")}
