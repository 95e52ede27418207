"""Who runs shards: processes of this machine, or the workers of a Dask cluster."""
