"""The marking half of On Record: what people say about the articles they read."""
