"""Train the embedded reader again: `python -m evals.training`."""

from evals.training.command import main

if __name__ == "__main__":
    main()
