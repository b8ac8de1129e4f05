"""Read-only functions: each answers one question of the mayor's office with a Panel.

They read the small tables that the sweep keeps, and the open rows by their index: what a page
costs does not grow with history.
"""

from mayors_office.dashboards.boards import CITY, MAYOR, OFFICE, board, panel_of
from mayors_office.dashboards.look import Look
from mayors_office.dashboards.panel import Cell, Panel, Row

__all__ = ["CITY", "MAYOR", "OFFICE", "Cell", "Look", "Panel", "Row", "board", "panel_of"]
