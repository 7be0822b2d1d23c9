"""The interactive map: a folium map and layers that draw with the portal's own browser code."""
