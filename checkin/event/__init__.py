"""The event itself: making and opening it, its settings, counts, proof and exports."""
