"""What the reader gets right: over letters the writer invents, or over any that have labels."""
