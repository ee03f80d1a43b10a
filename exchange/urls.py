"""The map of the site."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from exchange.first_sign_in import first_sign_in

handler404 = "trips.views.errors.not_found"
handler500 = "trips.views.errors.failed"

urlpatterns = [
    path("admin/language/", set_language, name="set_language"),
    path("admin/first/<str:token>/", first_sign_in, name="first_sign_in"),
    path("admin/password/", include("exchange.password_reset")),
    path("admin/", admin.site.urls),
    path("review/", include("trips.guests.urls")),
    path("", include("trips.urls")),
]
