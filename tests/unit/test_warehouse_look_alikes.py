"""Look-alikes of immigration evidence that police type, and what is the real thing: written from the trade's words, not
from the rules. The examples of the rules themselves are run by ``test_warehouse_evidence.py``."""

from __future__ import annotations

import re

import pytest

from warehouse.derive_evidence_rules import find_evidence
from warehouse.evidence_rules import prefilter

LOOK_ALIKES = (
    "police service", "ofc safety", "ICE cream truck theft", "stolen ice cream truck", "slipped on ICE",
    "SLID ON ICE", "ICE ON ROADWAY", "black ice crash", "BLACK ICE", "on ice", "ICE STORM",
    "ICE agent Smith Ice Company", "sold ICE", "ICE dealer", "ICE - narcotics", "distribution of ICE", "ICE pipe",
    "crystal ICE", "1oz ICE", "buying ICE and meth", "DRUGS ICE", "Ice Machine theft", "ICE MACHINE THEFT",
    "ICE BOX burglary", "ICE delivery truck", "REDDY ICE TRUCK", "Reddy Ice warehouse burglary", "TWICE ICE LLC",
    "Ice House bar fight", "ICE HOUSE BAR FIGHT", "ICEHOUSE", "Iceland", "ICELAND ARENA", "ICE RINK", "ICE SKATING",
    "Ice T", "ICE-T concert", "Vanilla ICE", "suspect nicknamed ICE", "aka ICE", "a.k.a. \"ICE\"", "plate ICE 123",
    "LP ICE4521", "plate: ICE1", "tag ICE 88", "VIN ending ICE", "ICE 26-00412", "26-ICE-001", "ICE contact number",
    "ICE phone", "In case of emergency ICE", "ICE VEHICLE VS EV", "ICE vehicle in EV spot", "MICE", "DICE GAME",
    "DICE", "VICE", "VICE UNIT", "VICE DETECTIVE", "VICE/ICE", "PRICE", "JUSTICE", "NOTICE", "OFFICE", "DEVICE",
    "SERVICE", "ALICE", "ALICE training", "BRICE ST", "Candice", "Maurice St", "RICE", "SPICE K2", "ADVICE", "Nice",
    "ICE protest", "ICE raid protest", "anti ICE rally", "protesters at ICE facility", "assault on ICE agents",
    "ICE agents assaulted", "shots fired at ICE facility", "threats against ICE officers", "fake ICE agents",
    "impersonating ICE", "suspects posing as ICE officers", "male claiming to be ICE", "ICE impersonator robbery",
    "ICE scam call", "scammer said he was from ICE", "kidnapping by fake ICE agents", "not ICE", "NOT FOR ICE",
    "no immigration", "not immigration related", "non-immigration", "unrelated to immigration", "Immigration: No",
    "ICE: N", "immigration N/A", "HSI", "HSI case", "HSI Houston child exploitation", "assist HSI narcotics",
    "HSI TFO", "HSI human trafficking", "HSI task force drugs", "ERO", "ERO served", "ERO violation", "ERO petition",
    "violation of ERO", "GVRO/ERO", "HERO", "ZERO", "AERO", "EROS", "MONTERO", "ROMERO", "RODRIGO ERO ST", "HEROIN",
    "EROSION", "detainer", "parole detainer", "probation detainer", "warrant detainer", "unlawful detainer",
    "US Marshal detainer", "county detainer", "detainer lodged by DOC", "writ and detainer", "deportment",
    "DEPORTIVO", "previously deported suspect in robbery?", "transported", "reported", "REDEPORTED", "sportdeport",
    "CBP-26-0011", "C.B.P.", "CBP meeting", "CBP case 2291", "Case by CBP", "Ofc CBP", "report by: CBP", "CBP LLC",
    "Central Business Patrol CBP", "CBPD", "border", "border collie stolen", "Borders Books",
    "state border crossing", "border dispute", "Border Patrol Rd", "border patrol hat", "DHS",
    "DHS child welfare", "DHS caseworker", "DHS custody", "DHS foster", "dept of human services",
    "homeland security", "287", "26-12879", "5145", "287PC", "287 PC", "PC 287", "287(a)", "287(b) vehicle",
    "287(c)(1)", "287(B)", "PC 287(g)", "287(g)(1) PC", "Penal code 287(g)", "case 26-287", "26-287(g)",
    "2026-00287G", "unit 287 G", "Unit 287-G", "Room 287(g)", "ORS 287(g)", "F.S. 287(g)", "287.017", "alien",
    "ALIEN", "Alienware", "alien sticker", "Alien Gear holster", "space alien mural",
    "alien registration card stolen", "alien workshop", "migrant", "immigrant", "immigrant robbery victim",
    "undocumented", "undocumented vehicle", "undocumented firearm", "removal", "removal order", "snow removal",
    "graffiti removal order", "child removal", "order of removal (CPS)", "tow removal order", "admin warrant",
    "administrative warrant", "admin", "Administrative search", "customs", "custom wheels", "Customs House",
    "Custom & Border tattoo", "immigration lawyer", "immigration attorney office burglary",
    "immigration papers stolen", "Immigration St", "Immigration Rd", "immigration document fraud",
    "immigration scam", "immigration consultant fraud", "immigration march", "pro immigration rally",
    "immigration protest", "immigrant rights march", "USCIS", "USCIS appointment scam", "fugitive", "fugitive ops",
    "FUGOPS", "fugitive operations", "8 USC 922", "18 USC 1326", "8 USD 1326", "green card", "visa",
    "Visa card fraud", "VISA", "passport theft", "sanctuary", "raid", "ICE skating rink", "Officer Ice", "Det. ICE",
    "Sgt ICE", "J. ICE", "ICE, John", "ICE MICHAEL", "Ice, Robert DOB", "ICE JOHN WANTED", "ice agent", "ice cube",
    "diamonds and ICE", "stole \"ICE\" necklace", "ICE chain robbery", "iced out watch", "ice pick assault",
    "ICE PICK STABBING", "ice fishing house burglary", "ICE FISHING", "ICE Castle trailer stolen", "ICE CASTLE",
    "ICE barn", "Ice Age", "ICE bar", "ICE bucket", "bag of ICE", "ICE theft from store", "ICE removal from road",
    "ICE holds road", "thin ICE rescue", "ICE rescue", "ICE RESCUE AT POND", "ICE jam", "ICE on bridge",
    "ICE ENFORCEMENT OF PARKING FOR EV", "DE-ICE operations", "DE-ICE request", "de-ICE truck",
    "SNOW & ICE operations", "SALT/ICE operations", "assist ICE PLANT burglary", "assist ICE COLD BEER",
    "assist with ICE dispenser", "former ICE agent", "ex ICE agent arrested for DUI", "off duty ICE officer DUI",
    "retired Border Patrol agent missing", "wife of ICE agent", "ICE agent's wife", "ICE agent's vehicle stolen",
    "ICE agents car burglarized", "border patrol agent's house burglary", "ICE hold: no", "ICE hold - none",
    "ICE detainer - negative", "immigration hold: no", "immigration hold?", "ICE hold?", "ICE warrant negative",
    "ICE detainer lifted", "ICE hold cancelled", "Deport TX", "Deport PD", "Deport ISD", "his brother was deported",
    "ex husband deported? no", "suspect was deported in 2010", "subject got deported",
    "immigration detention center visitor theft", "ICE detention center protest", "undocumented immigrant robbed",
    "victim is undocumented immigrant", "assist federal agency", "federal agency assist DEA", "OA DEA", "per DA",
    "wanted", "per ICE cream shop owner", "AOA - ICE rescue", "ICE OPS rink zamboni", "ICE subject slipped on",
    "ICE target store parking", "US ICE hockey team", "US ICE rink", "wanted ICE cream truck", "ICE ROAD TRUCKERS",
    "per officer, ICE on road", "ICE SUBJECT meth", "ICE Detective Bureau", "ICE operation winter",
    "ICE machine operation", "Notice of ICE", "police/ICE protest",
)  # fmt: skip
REAL = (
    "ICE", "I.C.E.", "ICE ERO", "ICE/ERO", "ICE-ERO", "ICE + ERO", "ERO ICE", "ICE FUGOPS", "ICE Fug Ops",
    "ICE warrant", "ICE WARRANT", "ICE Warrants", "ICE detainer", "ICE DETAINER", "ICE hold", "ICE agents",
    "ICE officer request", "assist ICE", "ASSIST ICE", "assisting ICE", "Agency assist - ICE", "Agency assist: ICE",
    "AOA ICE", "Assist other agency ICE", "OA ICE", "assist to ICE", "request from ICE", "requested by ICE",
    "per ICE", "ICE request", "ICE BOLO", "ICE investigation", "ICE Investigation", "ICE INVESTIGATION",
    "ICE fugitive", "ICE administrative warrant", "ICE admin warrant", "ICE arrest", "ICE target", "ICE operation",
    "ICE OP", "ICE subject", "wanted by ICE", "wanted - ICE", "DHS/ICE", "DHS ICE", "HSI/ICE", "US ICE", "U.S. ICE",
    "DHS-ICE-ERO", "immigration", "Immigration", "IMMIGRATION", "immigration enforcement", "immigration violation",
    "immigration violator", "Immigration Violator hit", "immigration warrant", "immigration detainer",
    "immigration hold", "immigration arrest", "immigration assist", "illegal immigration", "illegal immigrant",
    "illegal alien", "criminal alien", "undocumented immigrant", "undocumented alien", "removable alien",
    "alien smuggling", "human smuggling of aliens", "Immigration and Customs Enforcement",
    "Immigration & Customs Enforcement", "Enforcement and Removal Operations", "CBP", "CBP investigation",
    "CBP Investigation", "CBP agent", "assist CBP", "CBP request", "USBP", "US Border Patrol", "U.S. Border Patrol",
    "Border Patrol", "border patrol assist", "assist Border Patrol", "Customs and Border Protection",
    "Customs & Border Patrol", "deport", "deportation", "deportee", "deported felon", "deportation order", "287(g)",
    "287(G)", "287 (g)", "287(g) program", "287(g) task force", "287(g) operation", "8 USC 1326", "8 U.S.C. 1325",
    "8 USC § 1326", "Title 8 USC 1326", "Immigration (civil/administrative)", "Immigration (criminal)",
    "Immigration (civil/administrative) - 26-0001", "Immigration (civil / administrative) - detainer",
    "Immigration (criminal) – assist ICE", "Immigration (criminal), Human Trafficking - case", "ICE – warrant",
    "ICE\u00a0warrant", "ICE  WARRANT", "AOA - ICE", "AOA: ICE", "OAA ICE", "Assist other agency - ICE",
    "outside agency assist ICE", "per ICE request", "ICE ops", "Agency assist – ICE", "smuggling of illegal aliens",
    "AOA CBP", "previously deported felon", "previously deported alien", "immigration detention",
)  # fmt: skip


def counted(text: str) -> set[str]:
    """The rules that hold *text* to be evidence."""
    return {hit.rule_id for hit in find_evidence(text) if hit.evidence_class != "ambiguous"}


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_never_counted(text: str) -> None:
    assert counted(text) == set()
    assert counted(text.replace(" ", "  ")) == set()
    assert counted(f" {text}. ") == set()


@pytest.mark.parametrize("text", REAL)
def test_the_real_thing_is_counted(text: str) -> None:
    assert counted(text)
    # Only texts that the cheap pattern lets through are asked at all.
    assert re.search(prefilter(), text)


@pytest.mark.parametrize("label", ["Robbery", "Traffic Infraction", "Wanted Person (Arrest Warrant/Fugitive)", "Other"])
@pytest.mark.parametrize("text", ["26-12879", "287(B) vehicle", "black ICE crash", "parole detainer", "HSI", "DHS"])
def test_a_look_alike_behind_a_label_is_none_either(label: str, text: str) -> None:
    assert counted(f"{label} - {text}") == set()


@pytest.mark.parametrize("label", ["Robbery", "Drugs/Narcotics", "Hit and Run/Car Accident"])
def test_the_label_says_nothing_against_words_that_stand_for_themselves(label: str) -> None:
    assert counted(f"{label} - ICE warrant") == {"imm.ice"}
