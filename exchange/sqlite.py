"""How SQLite is opened. Its write-ahead log is fast, but broken in a range of versions; then it is not used."""

FIXED = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))

Version = tuple[int, ...]


def wal_is_safe(version: Version) -> bool:
    """False where processes that checkpoint at once can corrupt the file: 3.7.0 to 3.51.2, two backports apart."""
    if version >= FIXED:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)


def init_command(version: Version) -> str:
    """The statements every connection starts with. Both modes keep an acknowledged change through a power cut."""
    journal = "WAL" if wal_is_safe(version) else "TRUNCATE"
    return f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"


def explain(version: Version) -> str:
    """One sentence: the journal mode in use and the reason for it."""
    name = ".".join(map(str, version))
    if wal_is_safe(version):
        return f"SQLite {name}: write-ahead log, synchronous=FULL (this version has the fix that the log needs)."
    return (
        f"SQLite {name}: rollback journal, synchronous=FULL (the write-ahead log of this version can corrupt a "
        "database that several processes use; 3.51.3, 3.50.7 and 3.44.6 have the fix)."
    )
