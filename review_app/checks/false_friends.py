"""Swedish words that machines take for another word: what they are called then, and what they are called rightly.

Written down for this program, from what machines make of municipal pages.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Meaning:
    """English words and phrases that a Swedish one is not (``wrong``), and those that are right, the usual one first.

    ``because`` are Swedish words that make the wrong ones right when they stand beside it.
    """

    wrong: tuple[str, ...]
    right: tuple[str, ...]
    because: frozenset[str] = frozenset()


class _Line(NamedTuple):
    swedish: str
    wrong: str
    right: str
    because: str = ""


_LINES = (
    # They look alike.
    _Line("eventuell eventuellt eventuella", "eventual, eventually",
          "possible, possibly, any, potential, may, might, if"),
    _Line("aktuell aktuellt aktuella", "actual, actually", "current, relevant, present, concerned, question, topical"),
    _Line("fabrik fabriken fabriker fabrikerna", "fabric, fabrics", "factory, factories, plant, mill"),
    _Line("blankett blanketten blanketter blanketterna", "blanket, blankets", "form, forms"),
    _Line("konsekvent konsekventa", "consequent, consequently", "consistent, consistently"),
    _Line("recept receptet recepten", "receipt, receipts", "prescription, recipe, prescriptions, recipes, formula"),
    _Line("provision provisionen", "provision, provisions", "commission, fee"),
    _Line("mapp mappen mappar mapparna", "map, maps", "folder, folders, file, directory",
          "karta kartan kartor kartorna"),
    _Line("chef chefen chefer cheferna", "chef, chefs", "manager, head, boss, director, chief", "kock kocken kockar"),
    _Line("fart farten", "fart, farts", "speed"),
    _Line("barn barnet barnen", "barn, barns", "child, children, kids, infant"),
    _Line("semester semestern semestrar", "semester, semesters", "holiday, vacation, leave",
          "termin terminen terminer"),
    _Line("gymnasium gymnasiet", "gymnasium, gymnasiums, gym", "upper secondary, high school, secondary", "gym gymmet"),
    _Line("kommunal kommunalt kommunala", "communal", "municipal, local, council"),
    _Line("kommun kommunen kommuner kommunerna", "commune, communes", "municipality, municipalities, municipal, local"),
    _Line("slam slammet", "slam", "sludge"),
    _Line("vård vården", "ward, wards", "care, treatment", "avdelning avdelningen"),
    _Line("legitimation legitimationen e-legitimation", "legitimation, e-legitimation",
          "identification, ID, licence, eID"),
    _Line("vikarie vikarien vikarier vikarierna", "vicar, vicars", "substitute, supply, temporary, stand-in"),
    _Line("novell novellen noveller", "novel, novels", "short story, short stories", "roman romanen romaner"),
    _Line("biograf biografen biografer", "biography, biographer, biographers",
          "cinema, cinemas, movie, theatre, theater"),
    _Line("fysiker fysikern", "physician, physicians", "physicist, physicists", "läkare läkaren"),
    _Line("mobbning mobbningen", "mobbing", "bullying"),
    _Line("smal smalt smala", "small", "narrow, slim, thin", "liten litet lilla små mindre"),
    _Line("diarium diariet", "diary, diaries", "register, registry, records", "dagbok dagboken"),
    _Line("remiss remissen remisser", "remission, remiss", "referral, consultation, circulation"),
    _Line("hen", "hens, chicken", "they, them, he, she, him, her"),
    _Line("taxa taxan taxor taxorna", "tax, taxes, taxi", "tariff, rate, rates, fee, fees, charge",
          "skatt skatter skatten taxi"),
    # They mean two things, and on a municipality's page the other one.
    _Line("ärende ärendet ärenden ärendena", "errand, errands", "case, matter, issue, cases, matters, issues"),
    _Line("omsorg omsorgen äldreomsorg äldreomsorgen", "concern, concerns", "care", "oro oron"),
    _Line("handläggare handläggaren handläggarna", "handler, handlers",
          "officer, administrator, case worker, official"),
    _Line("nämnden nämnder nämnderna", "mentioned, jury", "board, committee, boards, committees",
          "nämnde nämnda nämnt"),
    _Line("utskott utskottet", "bulwark, shoot", "committee, committees"),
    _Line("fullmäktige kommunfullmäktige", "plenipotentiary, proxy, commissioner", "council, assembly"),
    _Line("kommunalråd kommunalrådet", "municipal advice, municipal council, communal advice",
          "commissioner, councillor"),
    _Line("tomten tomter tomterna tomträtt", "empty", "plot, site, lot, property, leasehold", "tom tomma jultomten"),
    _Line("ränta räntan", "rent", "interest", "hyra hyran"),
    _Line("lokaler lokalerna", "locals", "premises, venues, facilities, rooms", "lokalbefolkningen"),
    _Line("högskola högskolan högskolor", "high school, high schools",
          "university, college, higher education, institute"),
    _Line("kallelse kallelsen", "vocation, calling", "summons, notice, invitation, appointment"),
    _Line("yttrande yttrandet yttranden", "utterance, utterances", "statement, opinion, comment, comments, statements"),
    _Line("bygglov bygglovet", "building leave, construction leave, building law", "permit, permission"),
    _Line("skolskjuts skolskjutsen", "school shot, school shots, school shooting", "transport, bus, buses"),
    _Line("hemtjänst hemtjänsten", "homework, home office", "home help, home care, home-help"),
    _Line("färdtjänst färdtjänsten", "ferry service, ferry services", "transport, mobility service, paratransit"),
    _Line("återvinning återvinningscentral återvinningscentralen", "recovery", "recycling"),
    _Line("sopor soporna", "broom, brooms, soups", "waste, rubbish, garbage, refuse"),
    _Line("räkning räkningen räkningar", "counting, count", "bill, invoice, bills, account, behalf", "antal antalet"),
    _Line("modersmål modersmålet", "goal, goals", "mother tongue, native language, first language", "mål målet målen"),
    _Line("vaktmästare vaktmästaren", "watchmaker, guard master", "caretaker, janitor"),
    _Line("tjänsteman tjänstemannen tjänstemän tjänstemännen", "serviceman, servicemen",
          "official, officials, civil servant"),
    _Line("sotning sotningen sotare sotaren", "soot, sooting", "chimney sweep, chimney sweeping, sweeping",
          "sot sotet"),
    _Line("eldningsförbud eldningsförbudet", "firing ban, firing", "fire ban, burning, fires"),
    _Line("snöskottning skottning", "shooting", "shovelling, shoveling, clearing, clearance"),
    _Line("försörjningsstöd försörjningsstödet", "supply support, supply",
          "income support, financial assistance, benefit"),
    _Line("barnmorska barnmorskan barnmorskor", "child mother, nanny", "midwife, midwives"),
    _Line("anslagstavla anslagstavlan", "appropriation, grant board", "notice board, bulletin board, noticeboard"),
    _Line("gode", "good man, good men", "guardian, trustee, representative, administrator"),
)  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


FALSE_FRIENDS = {
    form: Meaning(_listed(line.wrong), _listed(line.right), frozenset(line.because.split()))
    for line in _LINES
    for form in line.swedish.split()
}
"""By each form of the Swedish word, in small letters."""
