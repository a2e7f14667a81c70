import { html, api, go, useApi, Failed, when, plural, country } from "./common.js";
import { useEffect, useState } from "preact/hooks";

export function Stories() {
  const { data, error } = useApi("stories");
  return html`<div class="wide"><h1>Stories</h1><p class="lead">What several articles tell of, the latest first.</p><${Failed} error=${error} />
    ${data?.unplaced > 0 && html`<p class="note">${data.unplaced > 5000 ? html`Over 5,000 articles have not been looked at for stories: run <code>quidnunc stories</code>.` : `${plural(data.unplaced, "article")} just came in and will find a story in a moment.`}</p>`}
    ${data && !data.items.length && html`<p class="empty">No two articles tell of the same yet. <a href="#/inbox">Hand in another page</a>.</p>`}
    <ol class="stories">${(data?.items || []).map((s) => html`<li key=${s.story}><a href=${"#/story/" + s.story}>${s.headline || "Without a headline"}</a><div class="facts"><time>${when(s.first, s.last)}</time><span>${plural(s.articles, "report")}</span><span>${plural(s.outlets, "outlet")}</span><span>${plural(s.texts, "text")}</span><span>${plural(s.happenings, "happening")}</span></div></li>`)}</ol></div>`;
}

const DIFFER = { status: "status", says: "who says so", place: "place", date: "date", numbers: "numbers" };
const who = (names) => names.map((n) => (/^[A-Z]{3}$/.test(n) ? country(n) : n)).join(", ");

function Told({ report, outlets, differs }) {
  const mark = (field) => (differs.includes(field) ? "differs" : "");
  const number = (text) => text.split(/(\d[\d,.]*\d|\d)/).map((part, i) => (i % 2 && differs.includes("numbers") ? html`<b class="differs">${part}</b>` : part));
  return html`<li class="line q${report.quad}"><p class="kicker">${outlets[report.article] || report.origin}${report.origin !== outlets[report.article] && report.origin.length < 40 ? ` ← ${report.origin}` : ""}</p>
    <a class="words" href=${`#/article/${report.article}?event=${report.id}`}>${number(report.sentence)}</a>
    <div class="facts"><span class="status s-${report.status} ${mark("status")}">${report.status.replace("_", " ")}</span><span class=${mark("says")}>${report.says ? `says ${report.says}` : "in the outlet's own words"}</span>${report.date && html`<time class=${mark("date")}>${report.date}</time>`}${report.place && html`<span class=${mark("place")}>${report.place}</span>`}</div></li>`;
}

export function Story({ short }) {
  const { data, error } = useApi("stories/" + short);
  if (error || !data) return html`<div class="wide"><${Failed} error=${error} /></div>`;
  const outlets = Object.fromEntries(data.reports.map((r) => [r.short, r.outlet]));
  const shared = data.happenings.filter((h) => h.reports.length > 1), alone = data.happenings.filter((h) => h.reports.length === 1);
  const first = {};
  for (const r of data.reports) first[r.copies] ||= r.short;
  return html`<div class="wide"><h1>${data.headline || "Story"}</h1>
    <p class="lead">${plural(data.articles, "report")}, ${plural(data.texts, "independent text")}. Copies of one text count once.</p>
    <ol class="sources">${data.reports.map((r) => html`<li key=${r.short}><p class="kicker">${r.outlet || "outlet unknown"}${r.agency ? " ← " + r.agency : ""}${first[r.copies] !== r.short ? " · a copy" : ""}</p><a href=${"#/article/" + r.short}>${r.headline || "Without a headline"}</a> <time>${(r.published || "").slice(0, 16).replace("T", " ")}</time></li>`)}</ol>
    <h2>Told by several: ${plural(shared.length, "happening")}</h2>${!shared.length && html`<p class="note">No event is told by more than one report.</p>`}
    ${shared.map((h) => html`<section class="happening"><h3>${who(h.sources) || "Somebody"} <span class="type q${h.reports[0].quad}">${h.type.toLowerCase()}</span> ${who(h.targets)} <small>${[h.date, plural(h.reports.length, "report"), plural(h.origins, "origin")].filter(Boolean).join(" · ")}</small></h3>
      ${h.differs.length > 0 && html`<p class="note">They differ in <b>${h.differs.map((d) => DIFFER[d]).join(", ")}</b>.</p>`}
      <ol class="told">${h.reports.map((r) => html`<${Told} report=${r} outlets=${outlets} differs=${h.differs} key=${r.article + r.id} />`)}</ol></section>`)}
    ${alone.length > 0 && html`<details class="furniture" open=${!shared.length}><summary>Told by one report only: ${plural(alone.length, "event")}</summary><ol class="told">${alone.map((h) => html`<${Told} report=${h.reports[0]} outlets=${outlets} differs=${[]} key=${h.reports[0].article + h.reports[0].id} />`)}</ol></details>`}</div>`;
}

const STEPS = ["waiting", "fetching", "coding", "storing", "done"];

export function Inbox() {
  const [jobs, setJobs] = useState([]);
  const [error, setError] = useState(null);
  const [over, setOver] = useState(false);
  const look = () => api("inbox").then(setJobs, setError);
  const busy = jobs.some((j) => j.state !== "done" && j.state !== "failed");
  useEffect(() => { look(); }, []);
  useEffect(() => { if (!busy) return; const t = setInterval(look, 500); return () => clearInterval(t); }, [busy]);
  const hand = (given) => api("inbox", given).then(() => { setError(null); look(); return true; }, (e) => { setError(e); return false; });
  const submit = async (e) => { e.preventDefault(); const form = e.target, given = Object.fromEntries([...new FormData(form)].filter(([, v]) => v.trim())); if (await hand(given)) form.reset(); };
  const files = async (list) => { for (const file of list) { if (file.size > 10_000_000) setError(new Error(`${file.name} has over 10 MB: cut out the article`)); else await hand({ name: file.name.slice(0, 200), content: await file.text() }); } };
  return html`<div class="wide"><h1>Inbox</h1><p class="lead">Hand in a page and watch it being coded.</p><${Failed} error=${error} />
    <div class="inbox"><form onSubmit=${submit}><label>Address<input name="url" type="url" placeholder="https://news.example/story" maxlength="2000" /></label><button>Fetch and code</button></form>
      <label class="drop ${over ? "over" : ""}" onDragOver=${(e) => { e.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)} onDrop=${(e) => { e.preventDefault(); setOver(false); files(e.dataTransfer.files); }}>Drop pages here, or choose files<input type="file" aria-label="Files" multiple accept=".html,.htm,.txt,text/*" onChange=${(e) => files(e.target.files)} /></label>
      <form class="paste" onSubmit=${submit}><label>Text or HTML<textarea name="content" rows="7" required></textarea></label><div class="row"><label>Published on<input name="published" type="date" /></label><button>Code it</button></div></form></div>
    <ol class="jobs" aria-live="polite">${jobs.map((j) => html`<li class=${j.state} key=${j.id}><b>${j.headline || j.name}</b>
      ${j.state === "failed" ? html`<p>${j.message}</p>` : html`<progress max="4" value=${STEPS.indexOf(j.state)} aria-label=${j.state}></progress><p>${j.state}${j.state === "done" ? html`: <a href=${"#/article/" + j.article}>${j.events} event${j.events === 1 ? "" : "s"}</a>` : "…"} ${j.message || ""}</p>`}</li>`)}</ol></div>`;
}

export function Home() {
  const { data, error } = useApi("about");
  const { data: told } = useApi("stories?limit=5"), { data: world } = useApi("world");
  return html`<div class="wide"><h1>What now?</h1><${Failed} error=${error} />${data && html`
    <p class="lead">${plural(data.articles, "article")}${data.first ? `, events from ${data.first} to ${data.last}` : ""}. ${data.last_run?.finished ? `Last run ${data.last_run.finished.slice(0, 16).replace("T", " ")}: ${plural(data.last_run.inputs, "page")} in, ${data.last_run.failed} failed.` : ""}</p>
    <form class="quick" onSubmit=${(e) => { e.preventDefault(); go("search", { q: e.target.q.value }); }}><label class="hide" for="quick">Words</label><input id="quick" name="q" type="search" placeholder="Words of an article" /><button>Search</button></form>
    <div class="columns"><section><h2>Lately read</h2>${!data.recent.length && html`<p class="empty">Nothing yet. <a href="#/inbox">Hand in a page</a>.</p>`}
    <ol class="stories">${data.recent.map((a) => html`<li key=${a.short}><a href=${"#/article/" + a.short}>${a.headline || "Without a headline"}</a><div class="facts"><time>${(a.published || "").slice(0, 10)}</time><span>${a.outlet || a.agency || ""}</span><span>${plural(a.events, "event")}</span></div></li>`)}</ol></section>
    <section>${world?.pairs.length > 0 && html`<h2>Who acts on whom</h2><p class="note">${world.since} to ${world.until}</p><ol class="ranks">${world.pairs.slice(0, 7).map((p) => html`<li key=${p.source + p.target}><a href=${`#/dyad?a=${p.source}&b=${p.target}`}>${country(p.source)} → ${country(p.target)}</a><span>${p.n.toLocaleString("en")}</span></li>`)}</ol>`}
    ${told?.items.length > 0 && html`<h2>Told by several</h2><ol class="stories small">${told.items.map((s) => html`<li key=${s.story}><a href=${"#/story/" + s.story}>${s.headline || "Without a headline"}</a><div class="facts"><time>${s.last}</time><span>${plural(s.articles, "report")}</span></div></li>`)}</ol>`}</section></div>`}</div>`;
}
