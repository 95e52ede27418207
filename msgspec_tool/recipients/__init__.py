"""Files of recipients: CSV and JSON Lines, read as a stream of whole rows, cut into blocks that processes can share."""
