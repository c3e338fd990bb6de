"""The words on drawn settings pages: topics as vendors and state lists name them, invented lists and agencies."""

from __future__ import annotations

NATIONAL = (
    "Gang or Suspected Terrorist",
    "Stolen Vehicle",
    "Stolen Plate",
    "Missing Person",
    "Warrants / Wanted Person",
    "Sex Offender",
    "Protection Order",
    "Violent Person",
    "Supervised Release",
    "Immigration Violator",
)
OTHER_NATIONAL = (
    "Amber Alert",
    "Felony",
    "Wanted Person",
    "Protective Interest",
    "Stolen Canadian Vehicle/Plate",
    "Stolen Boat",
    "Extreme Risk Protection Order",
    "Threat Screening Center",
    "Gang/Terrorist Member",
    "VGT Violent Gang Member/Terrorist",
    "Possible Terrorist",
    "Deported Felon",
    "NCMEC AMBER",
    "Silver Alert",
    "Blue Alert",
)
STATE_LISTS = (
    "TCIC Stolen Vehicle",
    "TCIC Wanted Person",
    "LEADS Stolen Plate",
    "CCIC Missing Person",
    "LEIN Felony Vehicle",
    "CLETS/SVS Stolen Vehicle",
    "FCIC Wanted Person",
    "IDACS Stolen Plate",
    "GCIC Sex Offender",
    "FL DMV Expired Tag",
    "FL DMV Sanctioned Driver",
    "FL DMV Sex Offender",
    "IL SOS Suspended",
    "MN BCA Keeping Our Streets Safe",
    "WI DOJ Protection Order",
)
CUSTOM = (
    "Exampleton PD Custom Hotlist",
    "Mock Harbor Regional BOLO",
    "Fakeville Parking Scofflaw",
    "Retail Theft Crew - Sample Mart",
    "Placeholder Task Force 12",
    "Dummyfield School Trespass",
    "Fixture Lake Burglary Series 2025",
    "Specimen Ridge Catalytic Converters",
    "County Warrants (Testborough)",
    "Lorem Heights VIP Watch",
    "Repeat Offender: Pretend Beach",
    "Overdue Rental (Notional Grove)",
)
LONG = (
    "Vehicles associated with persons subject to an extreme risk protection order issued by a court of this state",
    "Missing, endangered or at-risk persons entered by the Imaginary Falls regional communications center",
    "Stolen vehicle or plate reported by a Canadian agency and shared through the cross-border exchange",
)
DESCRIPTIONS = (
    "Records entered by agencies in the last 30 days",
    "Updated twice a day from the state file",
    "Alerts are sent to every user with this permission",
    "Requires a verified hit before a stop",
    "Provided by your state administrator and can not be edited here",
    "Includes partial plates",
)
GROUPS = ("NCIC", "State hotlists", "Custom hotlists", "Alert topics", "Regional lists", "Federal file", "My lists")
AGENCIES = (
    "Exampleton County SO",
    "Port Sample ISD PD",
    "Mock Harbor PD",
    "Fakeville PD",
    "Testborough PD",
    "Placeholder Springs PD",
    "Specimen Ridge Marshal",
    "Lorem Heights Police",
)
TITLES = (
    "Hotlist Settings",
    "Hotlists",
    "NCIC Topics",
    "Alert Configuration",
    "Manage Hotlists",
    "Hot List Subscriptions",
    "Alert Preferences",
)
MENU = ("Dashboard", "Search", "Devices", "Insights", "Shared Networks", "Users", "Audit", "Help")
WORD_PAIRS = (("On", "Off"), ("Yes", "No"), ("Enabled", "Disabled"), ("Active", "Inactive"), ("ON", "OFF"))
