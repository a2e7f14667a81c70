import { html, api, query, go, useApi, EventLine, Failed, TYPES, STATUSES, QUADS, plural } from "./common.js";
import { useEffect, useState } from "preact/hooks";

export const Choice = ({ name, label, options, value, none = "any", ...rest }) => html`<label>${label}<select name=${name} ...${rest}>${none !== null && html`<option value="">${none}</option>`}${options.map((o) => html`<option value=${o} selected=${o === value}>${o.replace("_", " ")}</option>`)}</select></label>`;
export const Field = ({ name, label, value, ...rest }) => html`<label>${label}<input name=${name} defaultValue=${value || ""} maxlength="200" ...${rest} /></label>`;

const FILES = { csv: "CSV", parquet: "Parquet", jsonl: "JSONL", txt: "citations" };

function Downloads({ base }) {
  const [corrected, set] = useState(false);
  const tail = base + (corrected ? `${base && "&"}view=corrected` : "");
  return html`<p class="downloads">Download ${Object.entries(FILES).map(([kind, name]) => html`<a href=${`/api/events/download/${kind}?${tail}`} download>${name}</a> `)}<label><input type="checkbox" checked=${corrected} onChange=${(e) => set(e.target.checked)} /> as corrected</label></p>`;
}

// [ and ] of the store mark the words that were searched for.
const marked = (text) => text.split(/(\[[^\]]*\])/).map((part) => (part.startsWith("[") ? html`<mark class="here">${part.slice(1, -1)}</mark>` : part));

const ArticleList = ({ found }) => found?.length > 0 && html`<section class="articles"><h2>Articles</h2><ol class="stories small side">${found.map((a) => html`<li key=${a.short}><a href=${"#/article/" + a.short}>${a.headline || "Without a headline"}</a><p class="under">${marked(a.words)}</p><div class="facts"><time>${(a.published || "").slice(0, 10)}</time><span>${a.outlet || ""}</span><span>${plural(a.events, "event")}</span></div></li>`)}</ol><h2>Events</h2></section>`;

export function EventList({ filters, first = 50 }) {
  const base = query(filters);
  const { data, error, waiting } = useApi(`events?${base}&limit=${first}`);
  const [more, setMore] = useState([]);
  useEffect(() => setMore([]), [base]);
  const items = [...(data?.items || []), ...more];
  const load = () => api(`events?${base}&limit=50&offset=${items.length}`).then((next) => setMore([...more, ...next.items]));
  return html`<section class="results" aria-busy=${!!waiting}>
    <${Failed} error=${error} />
    ${data && html`<div class="head"><p role="status">${data.more ? "10,000 or more" : data.total.toLocaleString("en")} event${data.total === 1 ? "" : "s"}</p>
      <${Downloads} base=${base} /></div>
      ${data.total === 0 && html`<p class="empty">Nothing fits. Take a filter away, or a shorter word.</p>`}
      <ol class="lines">${items.map((row) => html`<${EventLine} row=${row} key=${row.id} />`)}</ol>
      ${items.length < data.total && html`<button class="more" onClick=${load}>Show 50 more</button>`}`}
  </section>`;
}

export function Search({ params }) {
  const { data: about } = useApi("about");
  const told = useApi(params.q ? "articles?" + query({ q: params.q, limit: 6 }) : null);
  const submit = (e) => { e.preventDefault(); go("search", Object.fromEntries(new FormData(e.target))); };
  return html`<div class="wide"><h1>Search</h1>
    <form class="filters" onSubmit=${submit} key=${query(params)}>
      <${Field} name="q" label="Words of the article" value=${params.q} placeholder="pipeline sanctions" type="search" />
      <${Field} name="source" label="Who" value=${params.source} placeholder="CHN, or a name" />
      <${Field} name="target" label="To whom" value=${params.target} placeholder="HUN, or a name" />
      <${Choice} name="type" label="What" options=${TYPES} value=${params.type} />
      <${Choice} name="status" label="Status" options=${STATUSES} value=${params.status} />
      <label>Kind<select name="quad"><option value="">any</option>${[1, 2, 3, 4].map((q) => html`<option value=${q} selected=${params.quad == q}>${QUADS[q]}</option>`)}</select></label>
      <${Field} name="since" label="From" value=${params.since} placeholder="2024-01" pattern="\\d{4}(-\\d\\d){0,2}" />
      <${Field} name="until" label="To" value=${params.until} placeholder="2024-12" pattern="\\d{4}(-\\d\\d){0,2}" />
      <${Field} name="outlet" label="Outlet" value=${params.outlet} list="outlets" />
      <${Field} name="place" label="Place" value=${params.place} placeholder="Budapest, or HUN" />
      <${Choice} name="verdict" label="Review" options=${["open", "accepted", "rejected", "changed"]} value=${params.verdict} />
      <datalist id="outlets">${(about?.outlets || []).map((o) => html`<option value=${o} />`)}</datalist>
      <button>Search</button>
    </form>
    ${!params.q || told.data || told.error ? html`<${ArticleList} found=${params.q ? told.data : null} /><${EventList} filters=${params} />` : html`<div class="waiting"></div>`}</div>`;
}
