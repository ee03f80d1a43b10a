"""The public addresses. Other people link to them: they are a promise."""

from django.urls import path, re_path, register_converter

from exchange.lib.languages import CODES
from trips.views import (
    api,
    api_parties,
    calendar,
    cards,
    data,
    directory,
    feeds,
    figures,
    finding,
    history,
    media,
    pages,
    photos,
    plain_pages,
    search,
    site,
)


class LanguageConverter:
    regex = "|".join(CODES)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class SectionConverter(LanguageConverter):
    regex = "|".join(directory.SECTIONS)


class TableConverter(LanguageConverter):
    regex = "|".join(figures.FILES)


register_converter(LanguageConverter, "language")
register_converter(SectionConverter, "section")
register_converter(TableConverter, "table")

urlpatterns = [
    path("", pages.root, name="root"),
    re_path(
        r"^(?!en/|zh-hans/)(?P<tag>[eE][nN]|[zZ][hH])(?:-[a-zA-Z]+)*/(?P<rest>.*)$", pages.respelled, name="respelled"
    ),
    path("<language:language>/", pages.home, name="home"),
    path("<language:language>/trips/", finding.trips, name="trips"),
    path("<language:language>/trips/<slug:slug>/", pages.trip, name="trip"),
    path("<language:language>/trips/<slug:slug>/editions/<int:number>/", pages.edition, name="edition"),
    path("<language:language>/search/", search.results, name="search"),
    path("<language:language>/trips/<slug:slug>/programme.ics", calendar.programme, name="programme"),
    path("<language:language>/calendar.ics", calendar.coming, name="calendar"),
    path("<language:language>/feed/", feeds.latest, name="feed"),
    path("<language:language>/data/", data.page, name="data"),
    path("<language:language>/figures/", figures.page, name="figures"),
    path("<language:language>/figures/editions/", figures.editions, name="footnotes"),
    path("<language:language>/figures/editions.csv", figures.editions_file, name="footnotes_file"),
    path("<language:language>/figures/<table:table>.csv", figures.file, name="figures_file"),
    path("<language:language>/trips/<slug:slug>/editions/<int:number>/changes/", history.changes, name="changes"),
    path(
        "<language:language>/trips/<slug:slug>/editions/<int:number>/citation.<slug:form>",
        history.citation,
        name="citation",
    ),
    path("<language:language>/trips/<slug:slug>/photos/<slug:uid>/", photos.photo, name="picture"),
    path("<language:language>/trips/<slug:slug>/card/", cards.card, name="card"),
    path("<language:language>/trips/<slug:slug>/card.png", cards.image, name="card_image"),
    path("<language:language>/pages/<slug:slug>/", plain_pages.page, name="page"),
    path("<language:language>/<section:section>/", directory.index, name="directory"),
    path("<language:language>/<section:section>/<slug:slug>/", directory.profile, name="profile"),
    path("<language:language>/<section:section>/<slug:slug>/feed/", feeds.party, name="profile_feed"),
    path("data/", data.index, name="data_root"),
    path("data/trips.jsonl", data.trips, name="data_trips"),
    path("data/csv.zip", data.archive, name="data_archive"),
    path("data/<slug:name>.csv", data.table, name="data_table"),
    path("api/v1/trips/", api.trips, name="api_trips"),
    path("api/v1/trips/<slug:slug>/", api.trip, name="api_trip"),
    path("api/v1/trips/<slug:slug>/editions/<int:number>/", api.edition, name="api_edition"),
    path("api/v1/organisations/", api_parties.organisations, name="api_organisations"),
    path("api/v1/organisations/<slug:kind>/<slug:slug>/", api_parties.one, name="api_organisation"),
    path("api/v1/member-states/", api_parties.states, name="api_states"),
    path("api/v1/openapi.json", api.described, name="openapi"),
    re_path(r"^api/[\s\S]*/$", api.nothing, name="api_nothing"),
    path("media/photos/<slug:uid>/<str:name>", media.photo, name="photo"),
    path("media/documents/<slug:uid>/<str:name>", media.document, name="document"),
    path("healthz", site.health, name="health"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.addresses, name="sitemap"),
    path("sitemap-<int:number>.xml", site.some_addresses, name="sitemap_part"),
    path(".well-known/security.txt", site.security, name="security"),
    path("favicon.ico", site.icon, name="icon"),
]
