# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages with the structure of the portal's "View and Manage Connection Requests", in four of its languages and two states.
The markup is our own; its traits are the portal's: nested markup in cells, icons that only a title names, a column that is
not shown, merged cells, words for screen readers, and pages of rows in the footer. The companies are made up."""

import dataclasses
import datetime
import html

DAY = datetime.timedelta(days=1)
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16'%3E"
    "%3Ccircle cx='8' cy='8' r='7' fill='%23267'/%3E%3C/svg%3E"
)
STYLE = """
body { font: 14px sans-serif; margin: 0 }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ccc; padding: 6px; text-align: start }
.key, .menu { display: none }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0) }
.badge { border-radius: 8px; background: #def; padding: 2px 8px }
"""


@dataclasses.dataclass(frozen=True)
class Language:
    headings: tuple  # customers, actions, status, email, date, comments
    pending: str
    approved: str
    expired: str
    rejected: str
    connect: str
    system_initiated: str
    date_format: str
    navigation: tuple
    page: str
    sort: str


LANGUAGES = {
    "en": Language(
        ("Customers", "Actions", "Status", "Email", "Date", "Comments"),
        "Pending", "Approved", "Expired", "Rejected", "Connect", "[system initiated]", "%m/%d/%y",
        ("Home", "Profile", "Setup"), "Page", "Sort",
    ),
    "de": Language(
        ("Kunden", "Aktionen", "Status", "E-Mail", "Datum", "Kommentare"),
        "Ausstehend", "Genehmigt", "Abgelaufen", "Abgelehnt", "Verbinden", "[vom System initiiert]", "%d.%m.%y",
        ("Startseite", "Profil", "Einrichtung"), "Seite", "Sortieren",
    ),
    "fr": Language(
        ("Clients", "Actions", "Statut", "E-mail", "Date", "Commentaires"),
        "En attente", "Approuvé", "Expiré", "Rejeté", "Se connecter", "[initié par le système]", "%d/%m/%Y",
        ("Accueil", "Profil", "Configuration"), "Page", "Trier",
    ),
    "ja": Language(
        ("顧客", "アクション", "ステータス", "Eメール", "日付", "コメント"),
        "保留中", "承認済み", "期限切れ", "却下", "接続", "[システムによって開始された]", "%Y年%m月%d日",
        ("ホーム", "プロファイル", "設定"), "ページ", "並べ替え",
    ),
}


@dataclasses.dataclass(frozen=True)
class Request:
    """A row of the page. status: a field of Language; empty: a suggestion. email: empty: it began with a suggestion."""

    customer: str
    status: str = ""
    email: str = ""
    days_ago: int = 0
    comment: str = ""

    @property
    def is_suggestion(self):
        return not self.status


SUGGESTED = Request("Brambleford Tools Ltd")
APPROVED_LATER = Request("Fenwick & Söhne GmbH", "pending", "anna.fenwick@fenwick-soehne.example", 5)
REJECTED_LATER = Request("Harrowgate Mills", "pending", "", 20)
APPROVED = Request("株式会社みどり精機", "approved", "koubai@midori-seiki.example", 41)
EXPIRED = Request("Café Lumière & Fils S.A.", "expired", "", 70)
REJECTED = Request("Łąkowa <Dolina> Sp. z o.o.", "rejected", "zakupy@lakowa.example", 55, "Our list is closed.\nPlease apply in spring.")
MISSING_LATER = Request("Quillhaven Press", "approved", "", 48)
NEW = Request("Pebblewick Stationers", "pending", "orders@pebblewick.example", 1)
COMMENT = "We buy from this group already."

BEFORE = (SUGGESTED, APPROVED_LATER, REJECTED_LATER, APPROVED, EXPIRED, REJECTED, MISSING_LATER)
AFTER = (
    NEW,
    SUGGESTED,
    dataclasses.replace(APPROVED_LATER, status="approved"),
    dataclasses.replace(REJECTED_LATER, status="rejected", comment=COMMENT),
    APPROVED,
    EXPIRED,
    REJECTED,
)


def _heading(language, text):
    return (
        f'<th scope="col"><a href="#sort"><span>{text}</span> <span class="spoken">{language.sort}</span>'
        f'<img src="{ICON}" width="8" height="8" alt="{language.sort}"></a></th>'
    )


def _customer(request):
    name = html.escape(request.customer)
    entries = f'<ul class="menu"><li>{name}: 1</li><li>{name}: 2</li></ul>'
    return f'<td><div class="name"><a href="#customer"><span>{name}</span></a>{entries}</div></td>'


def _actions(language, request):
    if not request.is_suggestion:
        return "<td><div></div></td>"
    return f'<td><div><a href="#connect"><img src="{ICON}" width="16" height="16" title="{language.connect}"></a></div></td>'


def _status(language, request):
    if request.is_suggestion:
        return "<td>&nbsp;</td>"
    return f'<td><span class="badge"><i aria-hidden="true"></i>\n  {getattr(language, request.status)}</span></td>'


def _email_and_date(language, request, today):
    if request.is_suggestion:
        return '<td colspan="2"></td>'
    email = f'<a href="mailto:{request.email}">{request.email}</a>' if request.email else language.system_initiated
    date = (today - request.days_ago * DAY).strftime(language.date_format)
    return f"<td>{email}</td><td><time>{date}</time></td>"


def _comment(request):
    return "<td>" + "".join(f"<p>{html.escape(line)}</p>" for line in request.comment.splitlines()) + "</td>"


def _row(language, number, request, today):
    cells = (
        f'<td class="key">{number}</td>', _customer(request), _actions(language, request), _status(language, request),
        _email_and_date(language, request, today), _comment(request),
    )
    return f'<tr id="request-{number}">' + "\n".join(cells) + "</tr>"


def make_page(code, requests, today):
    """The page in a language, as of a day."""
    language = LANGUAGES[code]
    navigation = "".join(f'<li><a href="#">{item}</a></li>' for item in language.navigation)
    headings = '<th class="key">#</th>' + "".join(_heading(language, text) for text in language.headings)
    rows = "\n".join(_row(language, number, request, today) for number, request in enumerate(requests, 1))
    footer = f'<tr><td colspan="7">{language.page} <a href="#1">1</a> | <a href="#2">2</a></td></tr>'
    return f"""<!doctype html>
<html lang="{code}">
<head><meta charset="utf-8"><title>{language.navigation[-1]}</title><style>{STYLE}</style></head>
<body>
<table role="presentation"><tr><td><ul>{navigation}</ul></td></tr></table>
<h1>{language.navigation[-1]}</h1>
<table id="requests">
<thead><tr>{headings}</tr></thead>
<tbody>{rows}</tbody>
<tfoot>{footer}</tfoot>
</table>
<p>© Made Up Portals</p>
</body>
</html>
"""
