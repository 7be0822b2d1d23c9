"""The web app: pages, API and command line over the facts and their drawing."""
