"""How good is it: suites, training and benchmarks."""
