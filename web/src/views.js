import { html, api, query, go, useApi, EventLine, Failed, when } from "./common.js";
import { useEffect, useState } from "preact/hooks";

export function Stories() {
  const { data, error } = useApi("stories");
  return html`<div class="wide"><h1>Stories</h1><p class="lead">Happenings that several of the latest articles tell of.</p><${Failed} error=${error} />
    ${data && !data.length && html`<p class="empty">No two articles tell of the same yet. Hand in another page, or open an article and ask where it is told elsewhere.</p>`}
    <ol class="stories">${(data || []).map((s) => html`<li><a href=${"#/story/" + s.short}>${s.headline || "Without a headline"}</a><div class="facts"><time>${s.day}</time><span>${s.type.toLowerCase()}</span><span>${s.reports} reports</span><span>${s.outlets.join(", ")}</span></div></li>`)}</ol></div>`;
}

const differ = (reports, read) => new Set(reports.flatMap((r) => r.events.map(read)).filter(Boolean));

export function Story({ short }) {
  const { data, error } = useApi("stories/" + short);
  if (error || !data) return html`<div class="wide"><${Failed} error=${error} /></div>`;
  const statuses = differ(data.reports, (e) => e.status), speakers = differ(data.reports, (e) => e.reported_by);
  const numbers = data.reports.map((r) => new Set(r.text.match(/\b\d[\d,.]*\d\b|\b\d+\b/g) || []));
  const shared = data.reports.length > 1 ? [...numbers[0]].filter((n) => numbers.every((s) => s.has(n))) : [];
  return html`<div class="wide"><h1>${data.headline || "Story"}</h1>
    <p class="lead">${data.reports.length} report${data.reports.length === 1 ? "" : "s"}, ${data.origins} independent origin${data.origins === 1 ? "" : "s"}. Copies of one wire count once.</p>
    ${data.reports.length > 1 && html`<dl class="differ"><dt>Status told as</dt><dd>${[...statuses].join(", ") || "—"}</dd><dt>Cited</dt><dd>${[...speakers].join(", ") || "nobody"}</dd></dl>`}
    <div class="reports">${data.reports.map((r, i) => html`<section class="report"><p class="kicker">${r.outlet || "outlet unknown"}${r.agency ? " ← " + r.agency : ""}${r.verdict === "copy" ? " · a copy" : ""}</p>
      <h2><a href=${"#/article/" + r.short}>${r.headline || "Without a headline"}</a></h2><p class="byline">${(r.published || "").replace("T", " ")}</p>
      <p class="numbers">${[...numbers[i]].slice(0, 12).map((n) => html`<span class=${shared.includes(n) ? "" : "only"}>${n}</span> `)}</p>
      <ol class="lines">${r.events.map((row) => html`<${EventLine} row=${row} key=${row.id} />`)}</ol></section>`)}</div></div>`;
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
      <label class="drop ${over ? "over" : ""}" onDragOver=${(e) => { e.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)} onDrop=${(e) => { e.preventDefault(); setOver(false); files(e.dataTransfer.files); }}>Drop pages here, or choose files<input type="file" multiple accept=".html,.htm,.txt,text/*" onChange=${(e) => files(e.target.files)} /></label>
      <form class="paste" onSubmit=${submit}><label>Text or HTML<textarea name="content" rows="7" required></textarea></label><label>Published on<input name="published" type="date" /></label><button>Code it</button></form></div>
    <ol class="jobs" aria-live="polite">${jobs.map((j) => html`<li class=${j.state} key=${j.id}><b>${j.headline || j.name}</b>
      ${j.state === "failed" ? html`<p>${j.message}</p>` : html`<progress max="4" value=${STEPS.indexOf(j.state)} aria-label=${j.state}></progress><p>${j.state}${j.state === "done" ? html`: <a href=${"#/article/" + j.article}>${j.events} event${j.events === 1 ? "" : "s"}</a>` : "…"} ${j.message || ""}</p>`}</li>`)}</ol></div>`;
}

export function Home() {
  const { data, error } = useApi("about");
  return html`<div class="wide"><h1>What now?</h1><${Failed} error=${error} />${data && html`
    <p class="lead">${data.articles.toLocaleString("en")} articles${data.first ? `, events from ${data.first} to ${data.last}` : ""}. ${data.last_run?.finished ? `Last run ${data.last_run.finished.slice(0, 16).replace("T", " ")}: ${data.last_run.inputs} pages in, ${data.last_run.failed} failed.` : ""}</p>
    <form class="quick" onSubmit=${(e) => { e.preventDefault(); go("search", { q: e.target.q.value }); }}><label class="hide" for="quick">Words</label><input id="quick" name="q" type="search" placeholder="Words of a sentence or headline" /><button>Search</button></form>
    <h2>Lately read</h2>${!data.recent.length && html`<p class="empty">Nothing yet. <a href="#/inbox">Hand in a page</a>.</p>`}
    <ol class="stories">${data.recent.map((a) => html`<li><a href=${"#/article/" + a.short}>${a.headline || "Without a headline"}</a><div class="facts"><time>${(a.published || "").slice(0, 10)}</time><span>${a.outlet || ""}</span></div></li>`)}</ol>`}</div>`;
}
