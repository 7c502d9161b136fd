"""What a training sentence is labelled with, in closed lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from assistant.models import DEFAULT_STAGES, About, Emotion, EvidenceKind

KINDS = tuple(EvidenceKind)
STAGES = tuple(stage.id for stage in DEFAULT_STAGES)
EMOTIONS = tuple(Emotion)
ABOUTS = tuple(About)
UNKNOWN = -1


@dataclass(frozen=True)
class Labels:
    """What is known of a sentence: NaN or `UNKNOWN` where a set does not say.

    Attributes:
        kinds: 1 or 0 a kind, in the order of `KINDS`.
        touchpoint: Position in `TOUCHPOINTS`, their number for none.
        channel: Position in `CHANNELS`, their number for none.
        theme: What it tells of, by a name of its own; "" where it belongs to no theme.
    """

    kinds: tuple[float, ...] = (nan, nan, nan, nan)
    stage: int = UNKNOWN
    emotion: int = UNKNOWN
    valence: float = nan
    about: int = UNKNOWN
    touchpoint: int = UNKNOWN
    channel: int = UNKNOWN
    theme: str = ""


_TOUCHPOINT_WORDS: Mapping[str, str] = {
    "referral": r"referral|referring|bonus for friends|bring(ing)? (a )?friend|introduc",
    "own review": r"public (review|warning)|writing (a )?review|store review|app store|star rating|"
    r"review form|review request|survey|score\b|posting|my review|google review",
    "recommendation": r"recommend|warning|telling|word to (friends|others)|community|passing on|"
    r"gift|sharing|reference\b|praise",
    "word of mouth": r"word of mouth|friend|neighbour|colleague|family|sister|brother|cousin|"
    r"tip\b|mother|father|parents|overheard|group chat|mates?\b|gossip",
    "reviews": r"reviews?\b|forum|test report|ratings?\b|testimonial",
    "advertisement": r"advert|\bads?\b|leaflet|flyer|poster|radio|billboard|banner|podcast|tv\b|"
    r"instagram|facebook|video|newspaper|magazine|newsletter|campaign|article|influencer|fair\b|"
    r"sign on|shop window|van\b|brochure|market stall|stand\b",
    "comparison": r"compar|rival|versus|alternatives|shortlist|other offers",
    "search": r"search|google|map listing|listing",
    "demo or trial": r"demo|trial|test (ride|drive)|sample|tasting|open (day|evening|house)|"
    r"taster|free (class|lesson|month|week|version)|preview|viewing|tour\b|try",
    "cancellation": r"cancel|leaving|terminat|closing|closure|moving out|transfer out|notice|"
    r"retention|win.?back|switching away|quitting|exit",
    "renewal": r"renew|expir|auto.?ren|extension|re-?enrol|second (year|season)|anniversary|"
    r"price (increase|rise)|rate (increase|rise)|staying",
    "loyalty programme": r"loyal|points|reward|stamp|bonus|club|member card|voucher|regular",
    "upgrade": r"upgrad|downgrad|plan change|add.?on|tier|extra seat|change of plan|"
    r"subscription change|switch(ing)? plan",
    "refund": r"refund|money back|compensation|reimburs|credit note|chargeback",
    "returns": r"return|exchange|send(ing)? back|replacement",
    "repair": r"repair|warranty|breakdown|engineer|technician|spare|service visit|maintenance|"
    r"mechanic|fault|defect|outage|broken",
    "invoice": r"invoice|bill\b|billing|statement|charge|direct debit|monthly fee|"
    r"fee\b|fees|receipt|"
    r"meter|deduct",
    "payment": r"pay|card\b|deposit|instal?ment|credit|bank\b|bnpl|transfer",
    "checkout": r"checkout|order form|order page|minimum order|promo|discount code|purchase|till\b|"
    r"counter|order\b",
    "basket": r"basket|cart\b|trolley",
    "contract": r"contract|terms|policy|signing|signature|agreement|small print|cover\b|wording|"
    r"licen[cs]e|clause",
    "quote": r"quote|estimate|offer\b|proposal|tender",
    "price": r"price|pricing|cost|discount|sale\b|tariff|fare|premium|rate\b|rates\b|"
    r"expensive|deal",
    "sign-up": r"sign.?up|regist|account|enrol|application|identity|verification|upload|log.?in|"
    r"password|membership|joining",
    "booking": r"book|reserv|slot|seat|ticket|check.?in|calendar|waiting list|date\b",
    "set-up": r"set.?up|install|onboard|activation|assembly|connect|import|migration|"
    r"first (use|day|"
    r"lesson|visit|week|session)|pairing|switch|configur|welcome",
    "packaging": r"packag|box\b|parcel|wrapping|label",
    "delivery": r"deliver|courier|shipping|driver|tracking|dispatch|post\b|pick.?up|"
    r"arrival|collection",
    "notifications": r"notif|reminder|alert|email|e-mail|letter|text message|message|mailing|sms",
    "support": r"support|help|hotline|chat|call\b|calls|phone|complaint|agent|ticket reply|reply|"
    r"customer service|desk|enquiry|question|answer|bot\b|service",
    "waiting time": r"wait|queue|delay|hold\b|late\b|response time",
    "appointment": r"appointment|visit|consult|session|treatment|inspection|exam|lesson|"
    r"class|course",
    "staff": r"staff|instructor|teacher|doctor|nurse|adviser|crew|cleaner|waiter|manager|driver|"
    r"assistant|guide|vet\b|therapist|team|reception|salesm|trainer|carer",
    "app": r"\bapp\b|update|screen|button|dashboard|sync|widget|tracking",
    "website": r"web|site|page|online|portal|form\b|photos?|profile",
    "documentation": r"manual|instruction|document|guide|tutorial|faq|certificate|results?\b|"
    r"report",
    "fit and size": r"fit\b|fitting|siz|measure|width|sleeve|length",
    "shop visit": r"shop|store|showroom|branch|market|catalogue|display|shelf|window",
    "sales contact": r"sales|broker|consultant|rep\b",
    "product quality": r"quality|battery|material|taste|noise|colour|speed|fabric|durab|comfort|"
    r"food|smell|signal|coverage|picture|sound|freshness|meal|bread|finish|wear",
    "features": r"feature|function|filter|option|setting|export|mode\b|tool|sharing|language|data",
    "premises": r"room|parking|building|kitchen|shower|toilet|changing|premises|car park|clean|"
    r"location|opening hours|lift\b|pool|office|hall|entrance",
}
_CHANNEL_WORDS: Mapping[str, str] = {
    "app": r"\bapp\b|push notif|app store|play store",
    "chat": r"\bchat|\bbot\b|whatsapp|messenger",
    "email": r"e-?mail|newsletter|inbox",
    "phone": r"phone call|\bcall(ed|s|ing)?\b|hotline|rang\b|on hold|telephone|"
    r"retention call|\bphoned",
    "social": r"instagram|facebook|tiktok|twitter|youtube|social media|linkedin|forum",
    "mail": r"letter|by post|leaflet|flyer|brochure|parcel|courier|envelope|postcard",
    "shop": r"\bshop|store\b|showroom|branch|counter|till\b|high street|market|desk|reception",
    "web": r"website|web ?site|web page|online|checkout|basket|page|portal|\bsite\b|search|browser|"
    r"form\b|google",
}
_TOUCHPOINTS = tuple((name, re.compile(rule)) for name, rule in _TOUCHPOINT_WORDS.items())
_CHANNELS = tuple((name, re.compile(rule)) for name, rule in _CHANNEL_WORDS.items())


def touchpoint(words: str) -> int:
    """Find the general touchpoint an annotator's words stand for; words that fit none are unknown.

    Example:
        >>> TOUCHPOINTS[touchpoint("renewal letter")], touchpoint("old dog"), touchpoint("")
        ('renewal', -1, 42)
    """
    if not words:
        return len(TOUCHPOINTS)
    found = _first(_TOUCHPOINTS, words)
    return TOUCHPOINTS.index(found) if found else UNKNOWN


def channel(words: str, text: str) -> int:
    """Find the channel: the annotator's touchpoint tells more than the sentence.

    Example:
        >>> CHANNELS[channel("checkout", "it took my card")]
        'web'
    """
    found = _first(_CHANNELS, words) or _first(_CHANNELS, text)
    return CHANNELS.index(found) if found else len(CHANNELS)


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> str | None:
    lowered = words.lower()
    return next((name for name, rule in rules if rule.search(lowered)), None)
