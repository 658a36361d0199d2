"""The certificate, page by page, by a link that needs no account."""
