"""Storage that several machines share: places behind URLs, read and written through fsspec (extra ``dask``)."""
