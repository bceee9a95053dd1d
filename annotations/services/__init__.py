"""The only writers of what the marking half keeps. Each function is one transaction."""
