"""Small good inputs of each carrier, made here, and the pieces they are made of."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BODY = "Ghana recalled its envoy from Togo on Monday, the foreign ministry said."
MORE = "Togo gave no comment on the recall."
PAGE = f"<!doctype html><html><head><title>Ghana recalls envoy</title></head><body><h1>Ghana recalls envoy</h1><p>{BODY}</p></body></html>"


def rss(*items: str, title: str = "Accra Daily") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title><language>en-gh</language>{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int = 1, extra: str = "") -> str:
    return (
        f"<item><title>Story {number}</title><link>https://a.example/{number}</link>"
        f"<pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate><description>{BODY}</description>{extra}</item>"
    )


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Lome Post</title>
<entry><title>Togo answers</title><link href="https://l.example/1"/><id>tag:l.example,2024:1</id>
<published>2024-03-05T09:00:00Z</published><updated>2024-03-05T11:30:00Z</updated><author><name>Afi Lawson</name></author>
<content type="html">&lt;p&gt;{MORE}&lt;/p&gt;</content></entry></feed>""".encode()


def http(
    body: bytes, *headers: str, status: str = "200 OK", content_type: str | None = "text/html; charset=utf-8"
) -> bytes:
    """An HTTP response as it is stored in a WARC record."""
    given = [*([f"Content-Type: {content_type}"] if content_type else []), *headers]
    return "\r\n".join([f"HTTP/1.1 {status}", *given, "", ""]).encode() + body


def record(
    block: bytes,
    number: int = 1,
    *,
    kind: str = "response",
    headers: tuple[str, ...] = (),
    length: int | None = None,
    digest: bool = True,
    uri: str | None = None,
) -> bytes:
    """A WARC record."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{number:08d}>",
        f"WARC-Target-URI: {uri or f'https://a.example/{number}'}",
        "WARC-Date: 2024-03-04T10:00:00Z",
        f"Content-Length: {len(block) if length is None else length}",
        *headers,
    ]
    if digest:
        lines.append("WARC-Block-Digest: sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode())
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def response(number: int = 1, **more: Any) -> bytes:
    return record(http(PAGE.replace("Monday", f"day {number}").encode()), number, **more)


def warc_gz(*records: bytes) -> bytes:
    """Each record in a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def parquet(rows: list[dict[str, object]], compression: str = "snappy") -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file, compression=compression)
    return file.getvalue()


ROW = {
    "title": "Ghana recalls envoy",
    "text": BODY,
    "url": "https://a.example/1",
    "date": "2024-03-04",
    "author": "Ama Mensah",
}

NEWS_PLEASE = {
    "authors": ["Ama Mensah"], "date_download": "2024-03-05 00:00:00", "date_modify": "None", "date_publish": "2024-03-04 10:00:00",
    "description": "None", "filename": "x.json", "image_url": None, "language": "en", "localpath": "None", "maintext": BODY,
    "source_domain": "a.example", "title": "Ghana recalls envoy", "title_page": "None", "title_rss": "None", "url": "https://a.example/1",
}  # fmt: skip

FUNDUS = {
    "title": "Ghana recalls envoy",
    "body": {"summary": ["A row over a border."], "sections": [{"headline": [], "paragraphs": [BODY]}, {"headline": ["What Togo says"], "paragraphs": [MORE]}]},
    "authors": ["Ama Mensah"],
    "publishing_date": "2024-03-04 10:00:00+00:00",
    "topics": ["Ghana"],
    "free_access": True,
}  # fmt: skip

TRAFILATURA = {
    "title": "Ghana recalls envoy", "author": "Ama Mensah; Kofi Addo", "hostname": "a.example", "date": "2024-03-04", "fingerprint": "ab12",
    "id": None, "license": None, "comments": "", "raw_text": BODY, "text": BODY, "language": None, "image": None, "pagetype": "article",
    "filedate": "2024-03-05", "source": "https://a.example/1", "source-hostname": "Accra Daily", "excerpt": "A row.", "categories": "", "tags": "",
}  # fmt: skip

NINJS_1 = {
    "uri": "urn:a.example:1", "type": "text", "version": "1", "versioncreated": "2024-03-04T11:00:00Z", "firstcreated": "2024-03-04T10:00:00Z",
    "pubstatus": "usable", "language": "en", "headline": "Ghana recalls envoy", "byline": "By Ama Mensah", "body_text": BODY, "copyrightholder": "Accra Wire",
}  # fmt: skip

NINJS_2 = {
    "uri": "urn:a.example:1", "type": "text", "versioncreated": "2024-03-04T11:00:00Z", "language": "en-GB",
    "headlines": [{"role": "short", "value": "Envoy"}, {"role": "main", "value": "Ghana recalls envoy"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": BODY}], "by": "Ama Mensah", "infosources": [{"name": "Accra Wire"}],
}  # fmt: skip

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Accra Daily", "language": "en",
    "items": [
        {"id": "1", "url": "https://a.example/1", "title": "Ghana recalls envoy", "content_html": f"<p>{BODY}</p>", "date_published": "2024-03-04T10:00:00Z", "authors": [{"name": "Ama Mensah"}]},
        {"id": "2", "url": "https://a.example/2", "title": "Togo answers", "summary": MORE},
    ],
}  # fmt: skip

NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:a.example:1" version="2" standard="NewsML-G2">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_39.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Accra Wire"/><versionCreated>2024-03-04T11:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><contentCreated>2024-03-04T10:00:00Z</contentCreated><by>Ama Mensah</by><language tag="en-GB"/><headline>Ghana recalls envoy</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>Ghana recalls envoy</hl1></hedline></body.head>
<body.content><p>{BODY}</p><media><media-caption><p>The envoy</p></media-caption></media><p>{MORE}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>""".encode()  # fmt: skip

MAIL = f"""Received: from a by b
From: "Accra Daily" <news@a.example>
To: reader@b.example
Subject: Ghana =?utf-8?q?recalls_envoy?=
Date: Mon, 04 Mar 2024 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

{BODY}
--x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><p>{BODY}</p></body></html>
--x--
""".encode()

CSV = f'title,text,url,date\nGhana recalls envoy,"{BODY}",https://a.example/1,2024-03-04\nTogo answers,{MORE},https://a.example/2,2024-03-05\n'.encode()


def dumped(value: object) -> bytes:
    return json.dumps(value).encode()


SAMPLES: dict[str, list[bytes]] = {
    "archive": [b"PK\x03\x04" + bytes(40), b"BZh91AY&SY"],
    "parquet": [parquet([ROW, ROW])],
    "warc": [
        response(1) + response(2),
        warc_gz(response(1), response(2)),
        gzip.compress(response(1) + response(2)),
        record(BODY.encode(), kind="conversion", headers=("Content-Type: text/plain",)),
    ],
    "feed": [rss(item(1), item(2)), ATOM, gzip.compress(rss(item(1)))],
    "newsml": [NEWSML],
    "json": [
        dumped(ROW) + b"\n" + dumped(ROW) + b"\n",
        dumped([ROW, ROW]),
        json.dumps(NEWS_PLEASE, indent=1).encode(),
        *map(dumped, (NEWS_PLEASE, FUNDUS, TRAFILATURA, NINJS_1, NINJS_2, JSON_FEED)),
    ],
    "newsletter": [MAIL],
    "table": [CSV, CSV.replace(b",", b"\t"), gzip.compress(CSV)],
    "page": [PAGE.encode(), BODY.encode(), gzip.compress(PAGE.encode())],
}
"""Carrier -> good inputs, each of which holds at least one page (archives: none)."""
