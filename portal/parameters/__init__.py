"""The parameters of requests: their types, the declared ones, and the one reader of them."""
