"""The record of trips: working copies, the editions frozen from them, and the index of editions."""

from trips.models.edition import Candidate, Edition, Redaction, Withdrawal
from trips.models.itinerary import Visit
from trips.models.listing import Extract, IndexState, Listing, Mention
from trips.models.media import Coverage, Document, Photo, Rendition
from trips.models.outcomes import Outcome, Statement
from trips.models.people import Delegate, DelegateContact, Delegation
from trips.models.plain_page import PageEdition, PageWithdrawal, PlainPage
from trips.models.report import Report
from trips.models.review import Agreement, Remark, ReviewLink, ReviewVisit
from trips.models.search import NameGram, SearchName, SearchText
from trips.models.theme import Theme
from trips.models.trip import Address, Organising, RouteStop, Trip

__all__ = [
    "Address",
    "Agreement",
    "Candidate",
    "Coverage",
    "Delegate",
    "DelegateContact",
    "Delegation",
    "Document",
    "Edition",
    "Extract",
    "IndexState",
    "Listing",
    "Mention",
    "NameGram",
    "Organising",
    "Outcome",
    "PageEdition",
    "PageWithdrawal",
    "Photo",
    "PlainPage",
    "Redaction",
    "Remark",
    "Rendition",
    "Report",
    "ReviewLink",
    "ReviewVisit",
    "RouteStop",
    "SearchName",
    "SearchText",
    "Statement",
    "Theme",
    "Trip",
    "Visit",
    "Withdrawal",
]
