"""Arabic analysis, the query tree and the engines: the second stage.

    Article ──▶ Document ──▶ analysis ──▶ engine ◀── query tree; engine ──▶ Matches

`analyze` cuts and normalises text, `open_engine` opens an index, `build` mirrors an archive in it.
"""

from index.analysis import Columns, Token, Variant, Vocabulary, Why, analyze, columns, cut, fold
from index.attribute_words import loose_words
from index.attributes import (
    ATTRIBUTE,
    ATTRIBUTE_NAMES,
    ATTRIBUTES,
    AttributeName,
    AttributeSpec,
    attribute_values,
)
from index.build import BuildReport, build, rebuild
from index.chains import chain_places
from index.document import (
    FIELDS,
    FORMS,
    Document,
    Field,
    Form,
    Located,
    Positions,
    Tokens,
    vocabulary_of,
)
from index.engine import (
    FACETS,
    NO_FILTERS,
    Checkpoint,
    Checkpoints,
    CrossCount,
    Engine,
    EngineStats,
    Facet,
    FacetPair,
    Filters,
    HeldTerms,
    Match,
    Matches,
    Recency,
    Sort,
    period_of,
    reached,
)
from index.errors import (
    CorruptIndex,
    EngineError,
    ForeignIndex,
    NoIndex,
    OutdatedAnalysis,
    Unreachable,
)
from index.opening import directory_of, open_engine

__all__ = [
    "ATTRIBUTE",
    "ATTRIBUTES",
    "ATTRIBUTE_NAMES",
    "FACETS",
    "FIELDS",
    "FORMS",
    "NO_FILTERS",
    "AttributeName",
    "AttributeSpec",
    "BuildReport",
    "Checkpoint",
    "Checkpoints",
    "Columns",
    "CorruptIndex",
    "CrossCount",
    "Document",
    "Engine",
    "EngineError",
    "EngineStats",
    "Facet",
    "FacetPair",
    "Field",
    "Filters",
    "ForeignIndex",
    "Form",
    "HeldTerms",
    "Located",
    "Match",
    "Matches",
    "NoIndex",
    "OutdatedAnalysis",
    "Positions",
    "Recency",
    "Sort",
    "Token",
    "Tokens",
    "Unreachable",
    "Variant",
    "Vocabulary",
    "Why",
    "analyze",
    "attribute_values",
    "build",
    "chain_places",
    "columns",
    "cut",
    "directory_of",
    "fold",
    "loose_words",
    "open_engine",
    "period_of",
    "reached",
    "rebuild",
    "vocabulary_of",
]
