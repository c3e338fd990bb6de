"""The invented words that synthetic audit logs are made of: towns, agencies, reasons, filters.

Every town, agency and person label is made up and meant to look made up. The offense categories and the *forms* of
reasons and filters are those of real exports; their contents are not.
"""

from __future__ import annotations

TOWNS: tuple[str, ...] = (
    "Exampleton",
    "Port Sample",
    "Mock Harbor",
    "Fakeville",
    "Testborough",
    "Placeholder Springs",
    "Imaginary Falls",
    "Specimen Ridge",
    "Dummyfield",
    "Fixture Lake",
    "Lorem Heights",
    "Pretend Beach",
    "Notional Grove",
    "Fictional-on-Sea",
)

STATES: tuple[str, ...] = ("FL", "IL", "TX", "CA", "ME", "VA", "OR", "UT", "AR", "GA", "OH", "TN")

AGENCY_FORMS: tuple[str, ...] = (
    "{town} {state} PD",
    "{town} {state} PD",
    "{town} {state} PD",
    "{town} County {state} SO",
    "{town} County {state} SO",
    "{town} {state} ISD PD",
    "{state} - {town} PD",
    "{town} City PD {state}",
    "City of {town} ({state})",
    "{town} University {state} PD",
    "{town} Ranch, {town} Estates ({state})",
    "{town} {state} PD [deactivated]",
    "[turned off] {town} {state} Marshal",
    "Sample Mart Loss Prevention {state}",
    "{town} Fusion Center & Regional Task Force {state}",
    "[Federal] US Sample Patrol [Inactive]",
    "Example Investigations [Federal]",
    "Sales Demo Org - {town}",
)

# Category, weight. The two immigration labels are rare, as they are in life.
CATEGORIES: tuple[tuple[str, int], ...] = (
    ("Motor Vehicle Theft/Stolen", 40),
    ("Larceny/Theft Offenses", 36),
    ("Burglary/Breaking & Entering", 20),
    ("Drugs/Narcotics", 20),
    ("Wanted Person (Arrest Warrant/Fugitive)", 18),
    ("Assault/Battery Offenses", 12),
    ("Assault/Battery Offenses (Domestic)", 8),
    ("Traffic Infraction", 12),
    ("Stolen Property Offenses", 8),
    ("Robbery", 10),
    ("Hit and Run/Car Accident", 12),
    ("Financial Crime (Embezzlement/Fraud)", 8),
    ("Weapons Offense (Guns/Shots Fired)", 8),
    ("Missing/Endangered Person/Runaway", 10),
    ("Criminal Motor Vehicle Offense (incl. Road Rage/Reckless)", 8),
    ("Obstructing the Police (Fleeing/Eluding)", 6),
    ("Welfare Check", 6),
    ("Destruction/Damage/Vandalism of Property", 6),
    ("Driving Under the Influence (DUI/DWI/OWI/OVI)", 5),
    ("Homicide/Death Investigation", 4),
    ("Threats/Harassment", 4),
    ("Kidnapping/Abduction", 3),
    ("Human Trafficking", 2),
    ("Animal Offenses (cruelty/neglect)", 2),
    ("City Planning/Traffic Analysis", 2),
    ("Terrorism/Terroristic Threats", 1),
    ("Immigration (civil/administrative)", 2),
    ("Immigration (criminal)", 2),
    ("Other", 10),
)

SHORT_REASONS: tuple[str, ...] = (
    "bolo",
    "theft",
    "stolen veh",
    "inv",
    "agg assault",
    "cid",
    "traffic",
    "follow up",
    "welfare",
    "warrant",
    "patrol",
    "assist other agency",
)

# Words that contain "ice", case numbers that look like 287(g), markers, formulas, markup: each is a trap for somebody.
TRAP_REASONS: tuple[str, ...] = (
    "police service device office notice",
    "26-12879",
    "5145",
    "287PC",
    "287(B) vehicle",
    "ofc safety - unknown occupants",
    "ICE investigation",
    "CBP Investigation",
    "ice cream truck theft",
    "<script>alert(1)</script>",
    "=1+1",
    "+1-555-0100",
    "@SUM(A1:A9)",
    'said "follow me", then left; it\'s nothing',
    "50% off sign | cut & run \\ back",
    "caf\u00e9 burglary \u00a7 812",
    "none",
    "n/a",
    "-",
    "x",
    ".",
    "0",
    "test",
    "REDACTED",
    "[REDACTED]",
    "###",
    "* * *",
    "7923.600 GC",
    "REDACTED, plate only",
    "\u2588\u2588\u2588\u2588\u2588\u2588",
)

LONG_REASONS: tuple[str, ...] = (
    "Dispatch quick search associated with Alert: Stolen Plate {plate} - {time}",
    "vehicle left the sample market on Placeholder Rd without paying for fuel, second time this week, see supplement",
    "attempt to identify the white pickup seen on the invented camera behind the example storage units between 2200 and"
    " 0400, ladder rack, possible damage to the right rear quarter panel; compare with case {case} and {case2}",
    "reporting party states that the suspect vehicle circled the block three times before the package was taken",
    "locate and notify only. Do not stop. Contact the invented detective bureau at extension 0000 when seen",
    "veh used in burglary series at Fakeville self-storage/gas-station/car-wash ref {case}",
    "supplemental https://records.example.org/cases/{case}/attachments/photo-of-vehicle-front-and-rear-{plate}.jpg",
)

FILTERS: tuple[str, ...] = (
    "White Suv All Images ",
    "PickupDodgewhite",
    "california{plate}",
    "Black Sedan Honda",
    "SUV, Ford, Blue, Roof Rack, Florida",
    "{plate}*",
    "Silver Pickup Truck Toyota Tacoma Toolbox Ladder Rack Bumper Sticker Decal Back Only All Images Any State",
)

PROMPTS: tuple[str, ...] = (
    "white pickup with ladder rack",
    "blue sedan, spare wheel on the front left",
    "red van with a pretend flower logo and damage on the rear door near the licence plate",
)

SEARCH_TYPES: tuple[tuple[str, int], ...] = (
    ("lookup", 70),
    ("search", 40),
    ("lookup - Mobile", 8),
    ("freeform", 6),
    ("visual", 4),
    ("multiGeo", 3),
    ("convoy", 2),
    ("apiLookup", 2),
    ("searchSummary", 1),
    ("mostSeenOcrValues", 1),
)

MODERATION: tuple[tuple[str, int], ...] = (
    ("", 80),
    ("allow", 20),
    ("warn", 3),
    ("block", 2),
    ("The prompt describes a vehicle and not a person; no protected characteristic is mentioned.", 1),
)
