"""Words for models: versioned prompt files. No Python."""
