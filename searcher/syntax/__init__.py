"""From what was typed to a query of clauses: lexer, parser, dates."""
