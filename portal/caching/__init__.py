"""Responses as they leave the app, and the caches of responses, pages and files."""
