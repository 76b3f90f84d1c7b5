"""What happened: events, fold, decide, clocks. Pure: true of one case, on paper; the time is an argument."""
