"""A page of results besides its hits: filters, periods, ways on when nothing was found."""
