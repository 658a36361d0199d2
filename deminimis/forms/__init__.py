"""The shape of what people type into the pages of a certificate."""
