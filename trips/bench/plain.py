"""The peer: a trip page as anyone would first write it in Django, with the same rows and nearly the same HTML."""

from django.urls import include, path
from django.views.generic import DetailView

from trips.models import Trip


class PlainTrip(DetailView):
    """A DetailView over the working copy, everything prefetched, one template."""

    template_name = "bench/trip.html"
    queryset = Trip.objects.prefetch_related(
        "route__city",
        "themes",
        "reports",
        "organisings__organisation",
        "delegations__sender__country",
        "delegates__organisation",
        "visits__host",
        "visits__city",
        "visits__participants",
        "visits__absent",
        "photos__renditions",
        "documents",
        "coverage__outlet",
        "statements__speaker",
        "outcomes__parties",
        "editions",
    )


urlpatterns = [path("en/plain/<slug:slug>/", PlainTrip.as_view()), path("", include("trips.urls"))]
