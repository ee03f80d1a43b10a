"""The text under review as whoever holds a link reads it, their answers, and the files it names."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from exchange.lib.bilingual import choose
from exchange.lib.languages import other
from trips import review_links
from trips.edition.reading.files import names_document, names_photo
from trips.guests.door import ANSWER, READ, guest
from trips.guests.forms import AgreeForm, RemarkForm
from trips.models import Candidate, Edition, ReviewLink
from trips.models.listing import Subject
from trips.renderings import page, review
from trips.views import media

NAMES = {Subject.PHOTO: names_photo, Subject.DOCUMENT: names_document}


@guest(*READ)
def root(request: HttpRequest, link: ReviewLink, token: str, language: str) -> HttpResponse:
    """To the language the browser asks for."""
    response = HttpResponseRedirect(reverse("review", args=[token, language]))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@guest(*ANSWER)
def text(request: HttpRequest, link: ReviewLink, token: str, language: str) -> HttpResponse:
    """What is under review now, with the forms to answer; or that nothing is."""
    candidate = review_links.candidate(link.trip, timezone.now())
    remark, agree = _forms(request, link, candidate, language)
    status = 200
    if request.method == "POST":
        form, verb = (agree, review_links.agree) if "agree" in request.POST else (remark, review_links.remark)
        status = _act(verb, link, candidate, form, request.POST.get("digest", ""))
        if status == 302:
            said = "agree" if form is agree else "remark"
            return HttpResponseRedirect(f"{reverse('review', args=[token, language])}?said={said}#{said}")
        if status == 409 and candidate and candidate.digest == request.POST.get("digest"):
            candidate = review_links.candidate(link.trip, timezone.now())  # it was replaced this very moment
    elif request.method == "GET":
        review_links.note_visit(link, candidate.digest if candidate else "", timezone.now())
    html = _rendered(link, token, language, candidate, remark, agree, request.GET.get("said", ""))
    return HttpResponse(html, status=status)


@guest(*READ)
def photo(request: HttpRequest, link: ReviewLink, token: str, language: str, uid: str, name: str) -> HttpResponse:
    return _file(link, Subject.PHOTO, uid, name)


@guest(*READ)
def document(request: HttpRequest, link: ReviewLink, token: str, language: str, uid: str, name: str) -> HttpResponse:
    return _file(link, Subject.DOCUMENT, uid, name)


@guest(*ANSWER)
def nothing(request: HttpRequest, link: ReviewLink, token: str, language: str, rest: str = "") -> HttpResponse:
    raise Http404


def _file(link: ReviewLink, subject: Subject, uid: str, name: str) -> HttpResponse:
    """A file that the text under review names: no other file of the trip, and nothing once the review is over."""
    candidate = review_links.candidate(link.trip, timezone.now())
    if candidate is None or not NAMES[subject](candidate.payload, uid, name):
        raise Http404
    return media.stored(subject, uid, name)


def _forms(
    request: HttpRequest, link: ReviewLink, candidate: Candidate | None, language: str
) -> tuple[RemarkForm, AgreeForm]:
    """Both forms; what was typed stands in the one that was sent."""
    sections = [("", _("The whole text")), *(page.headings(candidate.payload, language) if candidate else ())]
    last = link.remarks.last()
    typed = request.POST if request.method == "POST" else None  # what is sent empty is answered at the form too
    agreed = "agree" in request.POST
    initial = {"section": request.GET.get("about", ""), "name": last.name if last else link.for_whom}
    return (
        RemarkForm(sections, None if agreed else typed, initial=initial),
        AgreeForm(typed if agreed else None),
    )


def _act(verb: Any, link: ReviewLink, candidate: Candidate | None, form: BaseForm, digest: str) -> int:
    """The answer is taken: 302. Else the status of the page that says at the form why it was not."""
    if candidate is None or candidate.digest != digest:
        form.add_error(None, review_links.OTHER_TEXT if candidate else review_links.CLOSED)
        return 409
    if not form.is_valid():
        return 200
    try:
        verb(link, digest=digest, **{name: form.cleaned_data[name] for name in form.Meta.fields})
    except review_links.Refused as refusal:
        form.add_error(None, refusal)
        return 429 if isinstance(refusal, review_links.TooMany) else 409
    return 302


def _rendered(
    link: ReviewLink,
    token: str,
    language: str,
    candidate: Candidate | None,
    remark: RemarkForm,
    agree: AgreeForm,
    said: str,
) -> str:
    switch = reverse("review", args=[token, other(language)])
    remarks = list(link.remarks.all())
    if candidate is None:
        last = link.trip.candidates.first()  # the title too is theirs as it was submitted, never the desk's
        title = choose(last.payload["title"], language) if last else ""
        public = Edition.objects.public(timezone.now()).filter(trip=link.trip)
        edition = public.filter(digest=last.digest).first() if last else None  # not an earlier text
        unsent = remark.data.get("text", "") if remark.is_bound else ""
        slug = edition.slug if edition else ""
        return review.closed(language, title=title, slug=slug, switch=switch, remarks=remarks, unsent=unsent)
    return review.render(
        candidate.payload,
        language,
        digest=candidate.digest,
        link=link,
        address=reverse("review_root", args=[token]).rstrip("/"),
        switch=switch,
        remarks=remarks,
        agreed=link.agreements.filter(digest=candidate.digest).first(),
        forms={"remark": remark, "agree": agree},
        said=said,
    )
