from time import perf_counter

import pytest

from ingest.contact_lines import is_label, personal_lines


def kept(*lines: str) -> list[str]:
    gone = personal_lines(lines)
    return [line for index, line in enumerate(lines) if index not in gone]


@pytest.mark.parametrize(
    "line",
    [
        "Contact: The Clerk, 01632 960001",
        "Contact: Jane Smith Tel: 07700900123 / Email: jane.smith@ashmere.example",
        "Contact: Jane Smith, Head of Planning",
        "CONTACT OFFICER: Jane Smith",
        "Contact Officer Jane Smith, ext 2345",
        "Contact details - Jane Smith, Democratic Services Officer, (01632) 960001",
        "Contact Jane Smith on 01632 960001.",
        "**Contact Officer:** Jane Smith",
        "8.1 Contact officer: Jane Smith, Principal Engineer",
        "• Officer contact: Jane Smith, 020 7946 0001",
        "Contact Officer(s): Jane Smith and Bryn Jones",
        "Report author: Jane Smith, Head of Legal and Governance",
        "Report Author and Contact Officer: Jane Smith",
        "Author of report – Jane Smith, Principal Engineer,",
        "Support officer : The Clerk",
        "Please ask for: Jane Smith",
        "Enquiries to: Jane Smith, Ashmere 01632 960 001",
        "Further information: Jane Smith, 01632 960001",
        "For further information on this report please contact: Jane Smith, Democratic Services",
        "For more information contact the Clerk on 01632 960001 or clerk@ashmere.example",
        "If you have any queries about this agenda, please contact Jane Smith on (01632) 960001.",
        "The contact officer for this report is Jane Smith (tel. 01632 960001).",
        "Tel: 01632 960001",
        "Tel. No. 01632-960001",
        "Telephone: +44 (0)1632 960001",
        "Telephone 01632 960001",
        "Direct line: 020 7946 0001 ext. 22345",
        "Phone: 2345",
        "Mobile: 07700 900123",
        "Mob 07700900123",
        "Fax: 01632 960002",
        "Email: jane.smith@ashmere.example",
        "E-mail address: jane_smith@ashmere.example; clerk@ashmere.example",
        "Email: [clerk@ashmere.example](mailto:clerk@ashmere.example)",
        "Cyswllt: Y Clerc",
        "Swyddog Cyswllt: Bryn ap Ifan, 01632 960001",
        "Awdur yr adroddiad: Bryn ap Ifan",
        "Ffôn: 01632 960001",
        "E-bost: clerc@llanfair.example",
        "01632 960001",
        "jane.smith@ashmere.example",
        "Jane Smith jane.smith@ashmere.example (Ashmere Town)",
        "Jane Smith | Head of Planning | 01632 960001",
        "Clerk: Jane Smith – Email: clerk@ashmere.example Telephone: 01632 960001",
        "Jane Smith, 12 Mill Lane, Ashmere AS1 2CD. Tel: 01632 960001",
        "t: +353 (0) 61 555 100 f: +353 (0) 61 555 266",
        "Home address: 12 Mill Lane, Ashmere, AS1 2CD",
        "Correspondence address | The Old Mill, Ashmere",
        "Cyfeiriad cartref: 12 Heol y Felin, Llanfair-y-bryn",
    ],
)
def test_a_line_that_only_says_how_to_reach_a_person_is_personal(line):
    assert kept("The minutes were approved.", line, "The meeting closed at nine.") == [
        "The minutes were approved.",
        "The meeting closed at nine.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Contact with the County Council had been made and a reply was awaited.",
        "Contact has been made with the owner of the hedge.",
        "Contact: the Clerk agreed to ask the County Council who maintains the bridge.",
        "Contact: J. Smith on 01632 960001 reported that the bridge was closed.",
        "Contact – appropriate action with parents",
        "Contact Highways again about the verge in Mill Lane.",
        "The contact: a plug.",
        "Contacts and Procurement Board",
        "Contact Centre: opening hours",
        "Contact centre performance | 84% | 91%",
        "The Head of Finance, J. Smith, presented the report.",
        "J. Smith, Head of Finance",
        "Report of the Head of Finance",
        "Lead officer: Head of Finance",
        "Present: Cllr J. Smith (Chair), Cllr B. Jones (b.jones@ashmere.example)",
        "Action: Clerk to e-mail clerk@tarnwick.example",
        "Clerk to telephone the owner on 01632 960001.",
        "Proposed: Jane Smith 01632 960001",
        "Residents were asked to email planning@ashmere.example by noon on Tuesday.",
        "Questions can be sent to questions@ashmere.example or telephone 01632 960001 for support.",
        "Members who wish to speak for their residents may write to members@ashmere.example.",
        "The Clerk had written to jane.smith@post.example, who had not replied.",
        "RESOLVED: That 01632 960001 be printed on every bin.",
        "The number of the emergency line, 01632 960001, is printed on the bins.",
        "For further information residents were asked to contact the Clerk on 01632 960001.",
        "Further information: see Appendix 2",
        "Further information pack",
        "Further Contact Centre Improvements",
        "Enquiries and Complaints",
        "Ask for a report",
        "Email from Tarnwick Parish Council asking who owns the allotments",
        "Email - Mrs Jones complaining about parking outside the hall",
        "Email: Mrs Jones, about parking outside the hall, from m.jones@post.example",
        "Telephone box vandalised, glass broken.",
        "Telephone Box, Mill Lane",
        "Phone System / IT",
        "Mobile Home, Mill Lane: refused",
        "Mobile: 2026 Strategy",
        "Tel Aviv Twinning Group",
        "24/00108 | 12 Mill Lane, Ashmere AS1 2CD | Agent: Jane Smith 01632 960001",
        "12 Mill Lane, Ashmere AS1 2CD",
        "Site address: 12 Mill Lane, Ashmere AS1 2CD",
        "Address: 12 Mill Lane, Ashmere AS1 2CD",
        "Home address: members may ask that it is withheld from the register.",
        "Home addresses of councillors",
        "Ashmere Scouts | £500 | 01632 960001",
        "Contact: Ashmere Scouts, grant of £500",
        "Contact: Ashmere Scouts 01632 960001, grant of £500",
        "Finance @ 31st March: £1,200.50",
        "Budget 2026/27: 01632 | 960001",
        "The drawing is AB/01632960001/C.",
        "05-06-2026 19:30",
        "01.02.2026 to 03.04.2026",
        "Votes: 12 | 05 | 03 | 01",
        "Contact: " + "The Committee heard the Clerk and asked her to report again. " * 5,
        "Contact: Jane Smith 01632 960001 " + "and others " * 40,
        "",
        "   ",
        "Contact",
    ],
)
def test_what_was_said_and_decided_stays(line):
    assert kept("The minutes were approved.", line, "The meeting closed at nine.") == [
        "The minutes were approved.",
        line,
        "The meeting closed at nine.",
    ]


def test_a_sentence_that_runs_over_lines_keeps_its_number():
    lines = [
        "The Clerk would give out the number of the surveyor, telephone",
        "01632 960001 at nine.",
        "End.",
    ]
    assert kept(*lines) == lines
    lines = ["Anyone in need of support should telephone", "01632 960001", "before noon on Tuesday."]
    assert kept(*lines) == lines
    lines = ["A plan is kept by Mrs", "Jones 01632 960001", "who may be asked for it."]
    assert kept(*lines) == lines


def test_an_address_that_was_decided_stays_below_its_decision():
    lines = ["RESOLVED: That the new address of the council be:", "clerk@ashmere.example"]
    assert kept(*lines) == lines


def test_a_signature_below_a_whole_sentence_goes():
    assert kept("The report is attached.", "Jane Smith, 01632 960001") == ["The report is attached."]
    assert kept("Report on parking in Mill Lane", "Jane Smith, 01632 960001") == [
        "Report on parking in Mill Lane"
    ]


@pytest.mark.parametrize(
    "block",
    [
        ["Contact officer", "Jane Smith", "Tel: 01632 960001"],
        ["Report Author:", "", "Jane Smith", "Head of Planning", "", "jane.smith@ashmere.example"],
        ["For further information please contact:", "Jane Smith", "Telephone:", "01632 960001"],
        ["Contact information", "Support officer: The Clerk"],
        ["Home address:", "12 Mill Lane", "Ashmere", "AS1 2CD"],
        ["Tel:", "01632 960001"],
    ],
)
def test_a_label_goes_with_the_lines_that_it_labels(block):
    assert [line for line in kept("It was agreed.", *block, "Background papers") if line] == [
        "It was agreed.",
        "Background papers",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Contact officer", "Background papers", "None were used.", "01632 960001 is the number."],
        ["Contact details", "The Clerk was asked to publish them."],
        ["Contact details", "£500", "Tel: 01632 960001"],
        ["Home address:", "Members asked for more time."],
    ],
)
def test_a_label_above_other_words_stays_with_them(lines):
    assert kept(*lines)[:2] == lines[:2]


def test_an_address_goes_with_a_persons_entry_and_stays_with_an_application():
    address = "Address: 12 Mill Lane, Ashmere AS1 2CD"
    assert kept("Jane Smith", address, "Tel: 01632 960001") == ["Jane Smith"]
    application = ["Application: 24/00108", address, "Proposal: a porch"]
    assert kept(*application, "Tel: 01632 960001") == application
    assert kept("Premises: The Red Lion", address, "Tel: 01632 960001")[:2] == [
        "Premises: The Red Lion",
        address,
    ]


def test_labels_are_told_by_their_words():
    assert is_label("Contact officer:")
    assert is_label("Tel")
    assert is_label("Home address")
    assert not is_label("Contact officer: Jane Smith")
    assert not is_label("Minutes")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000,
        "a." * 100_000 + "@",
        "0" * 200_000,
        "01632 " * 40_000,
        "+44 " * 50_000,
        " " * 200_000 + "x",
        "Contact" + " " * 200_000 + ":",
        "for further " * 20_000,
        "1." * 100_000,
        "*" * 200_000,
        "mailto:" * 30_000,
    ],
)
def test_no_hostile_line_takes_long(line):
    start = perf_counter()
    personal_lines([line, *(line[at : at + 400] for at in range(0, len(line), 400))])
    assert perf_counter() - start < 5
