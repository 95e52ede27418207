"""Tests that look at pages with a browser, as people do."""
