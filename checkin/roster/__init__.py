"""Who is expected: reading lists, matching columns, authorities, territories, duplicates."""
