"""What the committees of the fictional council talk about, with gaps for names, places and figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """An item that can come up; `{…}` are filled in anew for each meeting. `issue` ties it to a matter."""

    title: str
    agenda: str
    minutes: str
    decision: str = ""
    report: str = ""
    issue: int = 0


PEOPLE = (
    ("Imogen Farraday", "Ashmere Alliance", "Millgate"),
    ("Desmond Achterberg", "Labour", "Harbour"),
    ("Prudence Okwuosa", "Conservative", "Saltings"),
    ("Tobias Wren-Lacey", "Liberal Democrat", "Eldwick"),
    ("Shabnam Rookhope", "Green", "Tarnside"),
    ("Gareth Pomfrey", "Ashmere Alliance", "Foundry"),
    ("Winifred Adeyemi-Stott", "Labour", "Millgate"),
    ("Hamish Tarbuck", "Conservative", "Eldwick"),
    ("Noor Castellane", "Liberal Democrat", "Harbour"),
    ("Ottoline Brack", "Independent", "Saltings"),
    ("Callum Dunnichen", "Labour", "Foundry"),
    ("Rosamund Ettrick", "Green", "Tarnside"),
)
PLACES = (
    "Foundry Lane",
    "Harbour Parade",
    "Eldwick Rise",
    "Tarn Road",
    "Millgate Square",
    "Saltings Drove",
    "Weavers’ Row",
    "Chapel Brow",
    "Lockkeeper’s Field",
    "St Osyth’s Close",
    "Beacon Terrace",
    "Old Ropewalk",
)
OFFICERS = (
    "the Head of Place",
    "the Director of Finance",
    "the Monitoring Officer",
    "the Head of Housing",
    "the Assistant Director (Environment)",
    "the Development Manager",
    "the Principal Engineer",
)

#: Exchanges that can follow in any discussion.
DISCUSSION = (
    "In reply to a question from Councillor {c1}, {officer} confirmed that the figure of £{sum} included a "
    "contingency of {percent} per cent and that no call on reserves was expected before {month}.",
    "Councillor {c2} asked what had been learned from the trial at {place2}. {Officer} said that {number} "
    "households had taken part, and that complaints had fallen from {number2} to {small} over the quarter.",
    "A Member expressed concern about the length of the consultation. It was explained that {number} "
    "responses "
    "had been received, of which {percent} per cent were in favour, and that the period had been extended by "
    "{small} weeks at the request of the residents of {place}.",
    "Councillor {c3} welcomed the report, but regretted that the equality impact assessment had been "
    "circulated "
    "late. The Chair undertook to raise the matter with {officer}.",
    "Members noted that the contract with the present provider would end on 30 {month}, and that an "
    "extension of "
    "{small} months was possible at a cost of £{sum2}.",
    "Councillor {c1} drew attention to paragraph {small}.{small2} of the report and asked whether the "
    "flood risk "
    "at {place} had been modelled. {Officer} replied that it had, for a one in {number} year event.",
    "It was noted that the Ward Members for {ward} had been consulted and had raised no objection.",
    "Councillor {c2} proposed that the opening hours be reviewed after {small} months. This was accepted "
    "by the "
    "mover without a vote.",
    "The Committee heard from Mr ~Aldous~ ~Threlkeld~, a resident of {place2}, who said that the verge had "
    "been "
    "churned up by lorries on {small} occasions since {month} and asked for bollards.",
    "{Officer} advised that the grant of £{sum} from the regional fund had to be spent by 31 March and "
    "could not "
    "be carried forward.",
)

CABINET = (
    Topic(
        "Revenue and Capital Budget Monitoring",
        "To consider the report of the Director of Finance on the position at the end of {month}.",
        "The Cabinet Member for Finance introduced the report, which forecast an overspend of £{sum} "
        "against the "
        "approved budget, or {percent} per cent.\n\n{d1}\n\n{d2}\n\n"
        "| Service | Budget | Forecast |\n| Housing needs | £{sum} | £{sum2} |\n| Street scene | £{sum2} | "
        "£{sum3} |\n"
        "| Planning fees | £{sum3} | £{sum} |\n\n**RESOLVED** – That\n\n"
        "1. the forecast overspend of £{sum} be noted;\n2. a virement of £{sum2} to the housing needs "
        "budget be "
        "approved; and\n3. a recovery plan be brought back in {month}.\n\n# Reasons for decision\n\nTo "
        "keep spending "
        "within the sum that Council approved, and to act before the end of the year.\n\n"
        "# Alternative options considered and rejected\n\nTo draw £{sum} from general reserves. This was "
        "rejected "
        "since reserves stand at {percent} per cent of net spending, close to the floor in the strategy.",
        "That the forecast overspend of £{sum} be noted and a virement of £{sum2} be approved.",
        "Budget Monitoring",
        71,
    ),
    Topic(
        "Car Park Charges: {place}",
        "To decide on the charges proposed for the car park at {place} from 1 April.",
        "The Cabinet considered objections to the draft order for the car park at {place}. {number} had been "
        "received.\n\n{d1}\n\n{d2}\n\nMoved by Councillor {c1}, seconded by Councillor {c2}, and "
        "**CARRIED**:\n\n"
        "**RESOLVED**: That\n\n(a) the charge for up to two hours at {place} be £{small}.20;\n(b) the "
        "first half hour "
        "remain free of charge; and\n(c) {officer} be authorised to make the order.\n\n# Reason for the "
        "decision\n\n"
        "The present charge does not meet the cost of {number2} spaces, resurfacing and lighting.\n\n"
        "# Other options considered\n\nA flat charge of £{small2}.00 all day, which would have harmed the "
        "market "
        "traders of {place2}.",
        "That the charge at {place} be £{small}.20 for up to two hours, the first half hour remaining free.",
        "Parking Order {place}",
        72,
    ),
    Topic(
        "Children’s Play & Open Spaces: {place}",
        "To consider a scheme of £{sum} for the play area at {place}.",
        "The Leader’s representative said that the play area at {place} had been closed since {month} "
        "after the "
        "inspector’s report.\n\n{d1}\n\n* the surfacing be renewed in two stages:\n  - the toddlers’ area "
        "by the end "
        "of {month}; and\n  - the remainder within {small} months;\n* the swings from {place2} be moved to "
        "{place}; "
        "and\n* the sum of £{sum} be released from developers’ contributions.\n\n{d2}\n\n**RESOLVED** "
        "(unanimously): That the scheme be approved as set out above.\n\nReasons for decision:\n\nThere is "
        "no other "
        "play area within a walk of {number} metres.",
        "That a scheme of £{sum} for the play area at {place} be approved.",
        "Play Area {place}",
    ),
    Topic(
        "Award of the Waste & Recycling Contract",
        "To consider the outcome of the tender for collections in {ward} and the villages.",
        "{Officer} reported that {small} tenders had been received and scored on quality ({number} per "
        "cent) and "
        "price.\n\n{d1}\n\n{d2}\n\n{d3}\n\n**RESOLVED** – That the contract be awarded to the bidder "
        "ranked first, for "
        "{small} years at £{sum} a year, and that the remaining glass banks at {place} be kept.\n\n"
        "# Reasons for decision\n\nThe bidder offered the best value and will pay the living wage.\n\n"
        "# Alternative options considered\n\nBringing the service in house, at an extra cost of £{sum2} in "
        "the first "
        "year.",
        "That the contract be awarded to the bidder ranked first for {small} years.",
        "Waste Contract",
        73,
    ),
    Topic(
        "Homelessness Prevention Grant",
        "To agree how the grant of £{sum} is to be spent.",
        "The Cabinet Member for Housing said that {number} households were in temporary accommodation, "
        "{small} more "
        "than in {month}.\n\n{d1}\n\n{d2}\n\n**AGREED**: That £{sum2} go to the night shelter at {place} "
        "and the rest "
        "to rent deposits.\n\nFor: {small} Against: {small2} Abstentions: 1\n\n# Reasons for "
        "decision\n\nNights in "
        "hotels cost £{number2} each, and leave families far from school.",
        "That £{sum2} go to the night shelter at {place} and the rest to rent deposits.",
        "Prevention Grant",
    ),
)

PLANNING = (
    Topic(
        "{ref}/FUL – {place}: two-storey extension",
        "Erection of a two-storey side extension with a dormer at {number2} {place}.",
        "The Development Manager presented the report and showed photographs of {number2} "
        "{place}.\n\n{d1}\n\n"
        "Mr Eust~ace~ ~Blenkiron~ spoke in objection: the dormer would overlook {small} gardens. The agent "
        "replied that "
        "the glazing would be obscured to 1.7 metres.\n\n**RESOLVED** – That permission be GRANTED, "
        "subject to the "
        "conditions in the report and the following:\n\n1. Materials to match the existing house.\n2. No "
        "work before "
        "8 am, or on Sundays.\n3. The hedge to {place2} to be kept at a height of {small} "
        "metres.\n\nReason for "
        "decision: The extension is subordinate to the house and accords with policy DM{small} of the "
        "Local Plan.",
        "",
        "Report on {ref}",
    ),
    Topic(
        "{ref}/COU – {place}: change of use from shop to hot food takeaway",
        "Change of use of the ground floor at {place}, with an extraction flue.",
        "The Committee had before it {number} letters of objection and a "
        "petition.\n\n{d1}\n\n{d2}\n\nMoved by "
        "Councillor {c1} and seconded by Councillor {c3}: that the application be refused. On being put to "
        "the vote "
        "the motion was **LOST** by {small} votes to {small2}.\n\n**RESOLVED**: That permission be granted "
        "for a "
        "temporary period of {small} years, with closing at 10 pm.\n\n# Reasons for decision\n\nTo allow "
        "the effect "
        "of smell and parking on {place2} to be judged.",
        "",
        "Report on {ref}",
    ),
    Topic(
        "{ref}/LBC – The Old Granary, {place}",
        "Works to a Grade II listed building: new staircase and {small} roof lights.",
        "The conservation officer said that the harm was less than substantial. The roof timbers had been "
        "dated to "
        "16{number2}.\n\n{d1}\n\n**RESOLVED** – That listed building consent be GRANTED, and that the "
        "method for "
        "lifting the slates be agreed before work begins.\n\nAlternative options considered: none.",
        "",
        "Report on {ref}",
        74,
    ),
    Topic(
        "Tree Preservation Order No. {small}: {place}",
        "To decide whether the order made on {small} {month} is to be confirmed.",
        "An order had been made for {small} limes and a copper beech at {place}. The owner objected, on "
        "the ground "
        "that the roots had lifted the drive.\n\n{d1}\n\nThe tree officer had found no disease and gave "
        "the beech "
        "another {number} years.\n\n**RESOLVED** unanimously: That the order be confirmed without change.\n\n"
        "Reason: The trees are seen from {place2} and give shade to the school.",
    ),
    Topic(
        "Planning Appeals and Enforcement",
        "To note the decisions of the Inspectorate since {month}.",
        "Members noted that {small} appeals had been dismissed and {small2} allowed, with costs of £{sum3} "
        "awarded "
        "against the Council in one.\n\n{d1}\n\nThe notice at {place} had been obeyed.\n\n**RESOLVED** – "
        "That the report be "
        "noted.",
    ),
)

SCRUTINY = (
    Topic(
        "Review of the Winter Flooding at {place}",
        "To hear from the water company and from residents of {place}.",
        "The Chair welcomed the regional manager of the water company. The pumps at {place} had failed for "
        "{small} "
        "hours after a power cut.\n\n{d1}\n\n{d2}\n\n{d3}\n\n**RECOMMENDED** to the Cabinet:\n\n1. That a "
        "second supply "
        "be laid to the pumps.\n2. That gullies in {ward} be cleared {small} times a year.\n3. That £{sum} "
        "be sought "
        "from the regional flood committee.\n\nReasons for the recommendations: {number} homes were "
        "flooded, {small2} "
        "of them for the second time.",
        "",
        "Flood Review",
        75,
    ),
    Topic(
        "Call-in: Charges at {place}",
        "To consider the call-in of the Cabinet’s decision by {small} Members.",
        "Councillor {c1}, speaking for those who had called the decision in, said that the traders of "
        "{place} had "
        "not been asked.\n\n{d1}\n\n{d2}\n\n**RESOLVED**: That the decision stand, for: {small}, against: "
        "{small2}.",
        "",
        "",
        72,
    ),
    Topic(
        "Performance Report, Quarter {small2}",
        "To consider how the Council has performed against its measures.",
        "{Officer} reported that {number} of the measures were green.\n\n| Measure | Target | Actual |\n| "
        "Calls "
        "answered in a minute | {percent}% | {number2}% |\n| Missed bins per 100,000 | {number2} | "
        "{number} |\n\n{d1}\n\n"
        "{d2}\n\n**RESOLVED** – That the report be noted, and that missed collections in {ward} be looked "
        "at in {month}.",
        "",
        "Performance",
    ),
    Topic(
        "Bus Services to {place}",
        "To receive the operator’s reply to the Committee’s questions.",
        "The operator’s manager said that route {number2} carried {number} passengers a day, and lost "
        "£{sum3} a year.\n\n"
        "{d1}\n\n{d2}\n\n**AGREED** – That the operator be asked to keep the last bus from {place2} until "
        "{month}.",
    ),
)

AUDIT = (
    Topic(
        "Internal Audit Progress Report",
        "To note the audits finished since {month}.",
        "The audit manager reported on {small} audits. That of the payroll gave limited assurance: "
        "{number2} leavers had "
        "been paid after their last day.\n\n{d1}\n\n{d2}\n\n**RESOLVED** – That\n\n1. the report be noted; "
        "and\n2. {officer} "
        "attend the next meeting to explain the delay.",
        "",
        "Internal Audit",
    ),
    Topic(
        "Strategic Risk Register",
        "To review the risks with a score above {number2}.",
        "Members considered the {small} highest risks. The score for cyber attack had risen from {number2} "
        "to {number}.\n\n"
        "{d1}\n\n**RESOLVED**: That the register be approved, with the risk of flooding at {place} raised "
        "to amber.\n\n"
        "Reasons for decision: The register had not been changed since {month}.",
        "",
        "Risk Register",
    ),
    Topic(
        "Treasury Management Report",
        "To consider the Council’s borrowing and investments.",
        "The Director of Finance reported that £{sum} was on deposit at an average of {small}.{small2} per "
        "cent.\n\n{d1}\n\n"
        "**RECOMMENDED** to Council: That the limit for lending to any one bank be £{sum2}.",
        "",
        "Treasury",
    ),
)

LEISURE = (
    Topic(
        "The Lido at {place}",
        "To consider the survey of the tank and the filters.",
        "The surveyor said that the tank lost {number} cubic metres of water a "
        "day.\n\n{d1}\n\n**RESOLVED**: That a "
        "repair costing £{sum} be recommended to the Cabinet.\n\nReasons for decision: Closure would cost "
        "£{sum2} in "
        "lost income.",
        "",
        "Lido Survey",
    ),
    Topic(
        "Playing Fields and Pavilions",
        "To agree priorities for {small} pavilions.",
        "The Group visited the pavilion at {place} before the meeting.\n\n{d1}\n\n{d2}\n\n**AGREED** – "
        "That {place2} come "
        "first and that the clubs be asked for a tenth of the cost.",
    ),
)

APOLOGIES = (
    "Apologies for absence were received from Councillor {c3}.",
    "Apologies for absence were received from Councillors {c2} and {c3}. Councillor {c1} attended as "
    "substitute.",
    "There were no apologies for absence.",
)
DECLARATIONS = (
    "There were no declarations of interest.",
    "Councillor {c1} declared a non-pecuniary interest as a governor of the school at {place}, and stayed "
    "in the room.",
    "Councillor {c2} declared a disclosable pecuniary interest as the owner of land at {place}, and left "
    "for that item.",
)
PUBLIC_QUESTIONS = (
    "Mrs ~Thomasina~ Quayle of {place} asked when the footbridge would open. The Chair replied that steel "
    "had been "
    "ordered and that it would open in {month}.\n\nAs a supplementary question Mrs Quayle asked who would "
    "pay. The "
    "Chair said that £{sum3} had been set aside.",
    "A written question had been received from a resident of {place2} about street lamps in {ward}. The "
    "answer had been "
    "sent, and is attached to these minutes.",
)
ISSUES = (
    (71, "Revenue and Capital Budget Monitoring", "All Wards"),
    (72, "Car parking charges", "Harbour; Millgate"),
    (73, "Waste and recycling contract", "All Wards"),
    (74, "The Old Granary", "Foundry"),
    (75, "Winter flooding", "Saltings; Tarnside"),
    (76, "Town Hall restoration", "Millgate"),
)
