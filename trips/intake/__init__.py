"""A press report in, a proposal for a trip out. By rules of the genre, each of which can say why; nothing is guessed.

``reading.read(text, catalogue)`` is the way in. It knows no database; ``address_book.catalogue()`` reads one for it.
"""
