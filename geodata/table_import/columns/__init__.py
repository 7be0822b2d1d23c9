"""What the columns of a table mean: words of headers, periods, units of measure."""
