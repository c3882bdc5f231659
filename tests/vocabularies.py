"""A few words as the vocabulary of an index, for tests of what asks one."""

from index import Document, Tokens, Vocabulary, vocabulary_of


def index_of(*texts: str) -> Vocabulary:
    """The vocabulary of one article without a title."""
    return vocabulary_of([Tokens.of(Document(key="", url="", title="", body=" ".join(texts)))])
