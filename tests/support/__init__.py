"""What tests and benchmarks share: known truths, ways to print and to damage them, and a judge."""
