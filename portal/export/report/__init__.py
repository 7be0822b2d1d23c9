"""A Word document of maps, with captions, sources and the tables behind them."""
