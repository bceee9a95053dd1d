"""Views of the marking half: request, access, service or query, page, template."""
