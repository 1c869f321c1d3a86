"""Live sources of the carbon intensity of grids. Nothing here is asked unless the settings name it."""
