"""What the API answers and the pages show, as plain data made from the store and a layer."""
