"""What `test` does: samples, expectations, stored renderings."""
