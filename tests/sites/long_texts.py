"""Two items with minutes of about 900 words, longer than the pages of a meeting show."""

TOWN_HALL = """\
The Cabinet considered the report of the Head of Place on the restoration of the Town Hall at Millgate \
Square, and on the award of the main contract. The Leader of the Council reminded Members that the roof \
had been under scaffolding since the storm of two winters ago, and that the building had been on the \
register of heritage at risk for longer than any Member present had served.

The Head of Place gave a short presentation. The survey had found that the hammer-beam roof over the \
assembly room was sound, but that the wall plate on the north side had rotted over a length of eleven \
metres, and that the clock turret leaned by 140 millimetres. The ~slaters~ who had worked on the chapel at \
Beacon Terrace had advised that two thirds of the slates could be used again.

She explained that three tenders had been received for the works. They had been scored by a panel of four \
officers and an adviser from outside, on quality, price and social value in the shares set out in \
paragraph 4.2 of the report. The tender ranked first was for £6,412,800, which was £187,200 below the \
estimate that the Cabinet had approved in the previous June. The tender ranked second was lower in price \
by £94,000, but offered no apprenticeships, and left the bell frame out.

Councillor Hamish Tarbuck asked how firm the price was. The Director of Finance replied that the form of \
contract left the risk of hidden rot with the Council up to £250,000, and with the contractor beyond that. \
A contingency of eight per cent had been set aside. He did not expect to draw on reserves, but could not \
rule it out before the floors of the east wing had been taken up.

In reply to a further question from Councillor Tarbuck, the Director of Finance confirmed that the yearly \
cost of borrowing would be £212,000 for thirty years, that this stood in the medium term financial plan, \
and that the rent from the ground floor units had been put at £96,500 a year, a third less than the agents \
thought could be had.

Councillor Noor Castellane said that traders in the square feared for their business while the works went \
on. She asked that the hoarding be set back at the north corner, so that the Saturday market could stay \
where it was. The Head of Place said that this had been agreed with the bidder, and that the skips would \
stand in the yard behind Weavers’ Row.

Councillor Shabnam Rookhope asked about the heating. It was explained that the gas boilers would go, that \
two heat pumps would stand on the flat roof of the annexe, out of sight from the square, and that the \
windows on the garden side would be given secondary glazing. On the front, slim double glazing in the old \
frames had been refused consent. Use of energy was expected to fall by 58 per cent.

Councillor Desmond Achterberg wished it to be recorded that the friends of the Town Hall had raised \
£83,000, a good deal of it in small sums, and that the first name in their book was that of a pupil at the \
school in Eldwick. Members joined him in thanking them.

Members then turned to access. The report proposed a lift of eight persons in the former strong room and a \
level way in from the garden. Councillor Winifred Adeyemi-Stott had consulted the access forum, which \
would have liked the lift to open on the front hall. The architect, who was present, said that this would \
have meant the loss of the stone stair. The forum had accepted the garden door on condition that it be the \
way in for everybody.

The Chair of the Overview and Scrutiny Committee had sent a note, which was read. That Committee had \
looked at the scheme at two meetings and supported it, but asked that it be told each quarter of every \
change costing more than £25,000, and that the assembly room be let to societies of the borough at a \
charge no higher than that of the year of closure.

Moved by Councillor Imogen Farraday, seconded by Councillor Desmond Achterberg, that the recommendations \
in the report be approved with the two additions asked for by the Overview and Scrutiny Committee. The \
motion was put and **CARRIED**.

**RESOLVED** – That

1. the contract for the restoration of the Town Hall be awarded to the bidder ranked first, in the sum of \
£6,412,800;
2. the Head of Place, after consulting the Leader, be authorised to agree changes of up to £25,000 each, \
and £100,000 in all;
3. works begin on 4 May and the assembly room be open again by the end of November of the following year;
4. each change that costs more than £25,000 be reported to the Overview and Scrutiny Committee every \
quarter; and
5. societies of the borough be charged for the assembly room no more than £18 an hour in the first two years.

# Reasons for decision

The building is listed Grade II* and in the Council’s own care. To wait would add about £40,000 a month to \
the cost, as the scaffolding alone costs £9,300 a month, and would put at risk the grant of £1.9 million, \
which has to be claimed by the end of March in the year after next. The bidder ranked first offers eleven \
apprenticeships and will take on the bell frame. Members were satisfied that the rents had been put with \
caution.

# Alternative options considered and rejected

To repair the roof alone, at £2.1 million. This was rejected because the grant would fall away, and the \
east wing would stay shut. To sell the building on a long lease was rejected because of the covenant of \
1874, by which the assembly room is held for the use of the inhabitants. To award the contract to the \
bidder ranked second was rejected for the reasons given in the scores.
"""

SALTINGS = """\
The Development Manager presented the report on an outline application for up to 118 dwellings, a shop and \
open space on land at Saltings Farm, with all matters reserved but access. Late letters had been \
circulated. Since the agenda was published a further 23 objections had come in, making 341 in all, and 12 \
letters of support.

He reminded Members that the land lay outside the settlement boundary, but that the Council could show \
only 3.8 years’ supply of housing land. The balance was therefore tilted in favour of granting permission \
unless the harm clearly outweighed the benefits. The highway authority had withdrawn its objection after a \
second survey of the junction with Tarn Road, on condition that a signal crossing be built before the \
twentieth house was lived in.

The drainage engineer explained the flood risk assessment. The eastern field lay in flood zone 2, and no \
houses were proposed there. Surface water would go to two basins and from there to the Saltings Drove at \
4.1 litres a second, less than it takes from the bare field today. The ~internal~ drainage board was \
content, if the basins were lined and if a sum of £64,000 were paid for their upkeep.

Mrs Philippa Gathercole spoke against the application for the residents of Saltings Drove. She said that \
the drove had flooded in each of the last three winters, that the survey of the junction had been made in \
the school holidays, and that the doctor’s surgery had closed its list. She had counted 61 lorries in one \
morning, and showed photographs of the verge.

Mr Ignatius Fell spoke for Saltings Parish Council, which objected. The parish had taken 74 houses in six \
years. It did not object to building as such, but the bus had been cut to four a day, and there was no \
footway on the bridge. If the Committee were minded to grant permission, the parish asked for a bus \
shelter, and for a footbridge rather than a line of paint.

The agent, Ms Leonora Vasey, spoke in favour. Forty per cent of the houses would be affordable, which was \
47 homes, two thirds of them for rent. Her client had agreed to the footbridge that morning. The shop \
would be offered to the village society at a peppercorn rent for five years. There would be a gain of 22 \
per cent in biodiversity on the site itself.

Councillor Ottoline Brack spoke as Ward Member. She had lived in the village for forty years and knew that \
her neighbours’ children could not find a house. She could nevertheless not support the application while \
the pumping station at the end of the drove had no second pump. She asked the Committee to defer it until \
the water company had given a date.

Members put questions. In reply to Councillor Gareth Pomfrey the drainage engineer said that the pumping \
station was to be renewed by the water company in its next plan, and that a condition could hold back the \
last sixty houses until that was done. In reply to Councillor Prudence Okwuosa the Development Manager \
said that the survey of the junction had been repeated in term time, with a result that differed by fewer \
than nine vehicles an hour.

Councillor Rosamund Ettrick asked about skylarks. The ecologist had found four territories. A plot of two \
hectares on the western side would be kept as rough grass, fenced against dogs from March to August, and \
looked after for thirty years.

In the debate that followed several Members said that they found the matter finely balanced. Councillor \
Callum Dunnichen thought that 47 affordable homes weighed heavily in a borough with 1,260 households on \
its register. Councillor Okwuosa thought that a footbridge did not make up for the loss of the view from \
the church. Councillor Pomfrey did not believe that a refusal could be defended at appeal, and recalled \
that the last one had cost the Council £46,000.

Councillor Brack’s proposal to defer the application was moved by Councillor Okwuosa, but found no seconder.

Moved by Councillor Gareth Pomfrey, seconded by Councillor Callum Dunnichen, that outline permission be \
granted. On being put to the vote the motion was **CARRIED**. For: 7 Against: 4 Abstentions: 1.

**RESOLVED** – That outline permission be GRANTED, subject to an agreement under section 106 and to the \
conditions in the report, as changed at the meeting:

* The agreement is to secure
  - 47 affordable homes, 31 of them for rent;
  - a footbridge beside the road bridge before the tenth house is lived in; and
  - £64,000 for the upkeep of the two basins.
* No more than 58 houses are to be lived in before the pumping station has been renewed.
* The signal crossing on Tarn Road is to be in use before the twentieth house is lived in.
* If the agreement is not signed within six months, the Development Manager may refuse the application.

# Reasons for decision

The Committee found that the harm to the look of the countryside was moderate and could be softened by \
planting along the drove, and that it did not clearly outweigh the benefit of 118 houses, of which 47 \
would be affordable, where the supply of land fell short by 1.2 years. Flood risk would not be made worse, \
and the drove would take less water in a storm than it does now.

# Alternative options considered

Refusal on the ground of landscape and of the settlement boundary; deferral until the water company had \
given a date. The first was not thought to be capable of defence at appeal, and the second could be met by \
a condition.
"""

#: Words of the two that are put right later: (as first published, as corrected).
TOWN_HALL_SLIP = (
    "no more than £18 an hour in the first two years",
    "no more than £16 an hour in the first three years",
)
SALTINGS_SLIP = (
    "on land at Saltings Farm, with all matters reserved but access",
    "on land north of Saltings Farm, with all matters reserved but access",
)
