"""Where people sit: score, arrival seat, planning, repair, mixing rounds and explanations."""
