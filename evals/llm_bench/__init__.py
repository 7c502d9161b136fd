"""What reading with a language model costs, beside what may be asked: `python -m evals.llm_bench`.

```
figures      what is measured, and what must hold
├── whole       the product as it is run: again, killed, with one document more
├── steps       find, check, regroup and draw, as a study is drawn
├── runs        the find step alone, with and without faults
├── corpora     made-up reviews and interviews, split as a study is
└── stand_in    an endpoint that answers with a known delay and counts what it is sent
```
"""
