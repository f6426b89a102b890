"""Words that are told apart when names are looked for, and words offered for names."""

from __future__ import annotations

_NAMES_AND_WORDS = (
    "will grace may rose hope mark faith joy summer autumn april june august bill "
    "rob sue jack frank art dawn eve ivy lily daisy holly poppy violet ruby pearl "
    "amber jade penny sandy miles grant chase hunter drew pat nick guy ray dean "
    "earl angel destiny melody harmony patience charity precious blessing favour "
    "sunny star sky storm christian major king prince young long short brown white "
    "black green gray grey wood woods hill field ford bush stone cook baker bishop "
    "page price rich best good day bird fox wolf lamb love little small home case "
    "care help bond cross ward church bank banks park parks lane street rivers lake "
    "snow winter frost moon sun happy joyce carol gene heather olive hazel robin "
    "jay martin victor norm tony an do so no my in on to he she go see sea be ali "
    "ban bay bell berry hall hand head heart hood house hunt kidd knight law marsh "
    "mill mills moss nightingale noble peace perry pool potter power powers read "
    "reed rice rush sharp singer strong sweet swift trust wall walls waters wells "
    "west wild wise worth york max mercy glory gift lucky prosper noah sage clay "
    "heath brook dale glen clement justice honor honour truth temple paris london "
    "china india asia georgia savannah mason carter porter turner walker parker "
    "fisher taylor cooper miller butler smith"
)
NAMES_AND_WORDS = frozenset(_NAMES_AND_WORDS.split())
"""English words that are names as well; looked at more closely, never proposed."""

_MONTHS = "may april june august summer autumn winter"
MONTHS = frozenset(_MONTHS.split())
"""Names that are times of the year."""

_BEFORE_MONTHS = (
    "in since last next by from until till this during of early late mid before "
    "after every end each around about and"
)
BEFORE_MONTHS = frozenset(_BEFORE_MONTHS.split())
"""Words after which one of these is a time of the year."""

_BEFORE_A_NAME = (
    "named called name mr mrs miss ms dr auntie aunty aunt uncle nan nanny granny "
    "grandma grandad gran brother sister son daughter friend mate partner husband "
    "wife boyfriend girlfriend cousin nephew niece stepdad stepmum worker baby"
)
BEFORE_A_NAME = frozenset(_BEFORE_A_NAME.split())
"""Titles and words of kinship, after which people are named."""

_AFTER_A_NAME = (
    "said says told tells asked asks rang rings came comes went thinks thought "
    "phoned texted visited listened lives lived is was has had"
)
AFTER_A_NAME = frozenset(_AFTER_A_NAME.split())
"""What people are said to do."""

_AUXILIARIES = "will may do be go see an so no"
AUXILIARIES = frozenset(_AUXILIARIES.split())
"""Names that are written small in nearly every sentence as something else."""

_PARTICLES = (
    "de da di du del della van von der den la le el al bin ibn bint ap ab ferch mac "
    "mc of the and y e st saint o nee"
)
PARTICLES = frozenset(_PARTICLES.split())
"""Small words inside names, which name nobody alone."""

_WORDS_FOR_PLACES = (
    "school primary infant infants junior secondary academy college nursery "
    "preschool high grammar special unit pupil referral centre center hub children "
    "childrens child family families youth community early help years health clinic "
    "surgery practice hospital infirmary ward hostel refuge house home homes court "
    "gardens road street lane avenue close drive way crescent terrace grove place "
    "square hill park green estate village town city county borough council "
    "district north south east west upper lower great little new old church chapel "
    "mosque temple gurdwara synagogue st saint saints our lady ce rc c of e team "
    "service services project trust group club library station upon on under by "
    "next le the and in for at association foundation charity society network wing "
    "lodge farm cottage"
)
WORDS_FOR_PLACES = frozenset(_WORDS_FOR_PLACES.split())
"""Words of the names of many places and services, which name none alone."""

_POINTS_AT_NOBODY = (
    "nhs camhs ofsted gp gps dfe sen send senco ehcp ehc iro lado mash mosaic hv "
    "health visitor social worker workers care early help children's childrens "
    "services service council local authority team manager cin cp child protection "
    "plan duty police court cafcass dwp universal credit pip dla esa jsa adhd asd "
    "autism mum mums dad dads nan nana gran grandma grandad nanny mummy daddy "
    "auntie uncle miss sir teams zoom google facebook whatsapp instagram tiktok "
    "youtube snapchat xbox netflix covid lockdown christmas easter english british "
    "england uk britain wales scotland monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september "
    "october november december restorative practice signs safety strengthening "
    "families family support assessment referral stockport wave interviewer "
    "participant respondent parent carer yeah okay ok erm um mm hmm oh ah aye god "
    "a&e tac taf laughs pause inaudible school nurse headteacher practitioner "
    "practitioners managers the a an of and"
)
POINTS_AT_NOBODY = frozenset(_POINTS_AT_NOBODY.split())
"""Said everywhere in this work, or of nobody in particular."""

_FIRST_NAMES = (
    "Alder Arden Ashby Aubrey Auden Bellamy Blair Bryn Cade Calder Camber Campion "
    "Carey Cassidy Corin Darcy Delaney Devin Ellery Ellis Emlyn Esme Fenner Finlay "
    "Flynn Garnet Greer Hadley Harley Haven Hollis Indigo Innes Jarrah Jessamy "
    "Jules Kai Keir Kendall Kerr Lachlan Lane Larkin Lennox Linden Lorne Lowen Lux "
    "Marlow Merle Merrin Morgan Nevin Nico Onslow Oakley Orrin Paget Perrin Quill "
    "Quinn Rafferty Reagan Remy Ripley Ronan Rowan Ryle Sable Selby Shay Skye "
    "Sorrel Tamsin Tarn Teagan Tierney Tobin Vesper Wilder Winslow Wren Wynn Yarrow "
    "Zephyr"
)
FIRST_NAMES = tuple(_FIRST_NAMES.split())
"""Offered for a first name; for any gender."""

_LAST_NAMES = (
    "Ackerby Aldham Barrowden Beckwith Birkdale Bramhall Calverley Cawood Coldwell "
    "Dallimore Denholm Dunmore Elsworth Everdale Farrow Fenwick Garside Gorsedale "
    "Hallam Hartwell Hebden Ingleby Kelsall Kirkbride Langdale Lindow Marsden "
    "Merton Netherby Norcliffe Oakhurst Ormsby Pendle Penrose Ravensworth Redfern "
    "Rusholme Sandiway Sedgley Stanmore Tarleton Thornley Ulverley Wardle Westbrook "
    "Whitlock Winterley Yardley"
)
LAST_NAMES = tuple(_LAST_NAMES.split())
"""Offered for a family name: none of a real place or person is meant."""

_PLACE_NAMES = (
    "Aldermoor Birchwater Calderfold Dunmere Eastmarsh Fallowby Greenhithe "
    "Harrowdale Ingleford Kestrelby Larkfield Millbeck Netherwick Oxmoor "
    "Pennybridge Quarryside Ravensby Saltmere Thistledown Underbank Westerfold "
    "Yewcroft"
)
PLACE_NAMES = tuple(_PLACE_NAMES.split())
"""Offered for places and services; invented."""
