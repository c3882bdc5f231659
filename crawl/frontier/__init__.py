"""Which address is asked for next, and when: queue, scheduler, politeness, revisits, traps."""
