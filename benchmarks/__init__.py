"""Speed and accuracy against peers, one command each. The tables they print are in docs/benchmarks.md."""
