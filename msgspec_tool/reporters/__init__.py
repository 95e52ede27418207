"""How findings are said: one module a format. Reporters know diagnostics and source, nothing else."""
