"""The interviewer: a machine owns the protocol; what words it may choose is only the wording."""
