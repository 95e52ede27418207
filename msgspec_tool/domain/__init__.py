"""What a value can be, for all data at once: the abstract domain that templates are analysed with."""
