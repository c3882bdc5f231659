"""Results as files for other programs: spreadsheets, reference managers, scripts; no markup."""
