"""Who is here: badge codes, search, the admission decision, the day's acts and the roll call."""
