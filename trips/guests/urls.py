"""The addresses under a review link. Everything below them answers in the same way, also what is not there."""

from django.urls import path, re_path

from trips.guests import views

urlpatterns = [
    re_path(r"^(?P<token>[-a-zA-Z0-9_]+)/?$", views.root, name="review_root"),
    path("<slug:token>/photos/<slug:uid>/<str:name>", views.photo, name="review_photo"),
    path("<slug:token>/documents/<slug:uid>/<str:name>", views.document, name="review_document"),
    path("<slug:token>/<str:language>/", views.text, name="review"),
    path("<slug:token>/<path:rest>", views.nothing),
    re_path("", views.nothing),  # what no token and no address looks like
]
