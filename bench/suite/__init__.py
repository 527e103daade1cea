"""What bench/run, bench/compare, bench/baseline and bench/plot share."""
