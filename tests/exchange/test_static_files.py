import pytest
from django.contrib.staticfiles.finders import get_finder
from django.contrib.staticfiles.storage import staticfiles_storage

from exchange import static_files


@pytest.fixture
def site(settings, tmp_path):
    """A site with one style sheet, and the storage that serves it in production."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("body { color: #123 }")
    get_finder.cache_clear()
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    yield source
    get_finder.cache_clear()


def test_files_are_collected_once_until_one_changes(site):
    assert static_files.collect() is True
    assert staticfiles_storage.url("site.css").startswith("/static/site.")
    assert static_files.collect() is False
    (site / "site.css").write_text("body { color: #1234 }")
    get_finder.cache_clear()
    assert static_files.collect() is True


def test_a_lost_folder_is_collected_again(site, settings):
    static_files.collect()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert static_files.collect() is True
