"""The aid officer's pages, one file a page."""
