import { html, api, query, go, useApi, EventLine, Failed, TYPES, STATUSES, QUADS } from "./common.js";
import { useEffect, useState } from "preact/hooks";

export const Choice = ({ name, label, options, value }) => html`<label>${label}<select name=${name} value=${value || ""}><option value="">any</option>${options.map((o) => html`<option value=${o} selected=${o === value}>${o.replace("_", " ")}</option>`)}</select></label>`;
export const Field = ({ name, label, value, ...rest }) => html`<label>${label}<input name=${name} defaultValue=${value || ""} value=${value || ""} maxlength="200" ...${rest} /></label>`;

export function EventList({ filters }) {
  const base = query(filters);
  const { data, error, waiting } = useApi(`events?${base}&limit=50`);
  const [more, setMore] = useState([]);
  useEffect(() => setMore([]), [base]);
  const items = [...(data?.items || []), ...more];
  const load = () => api(`events?${base}&limit=50&offset=${items.length}`).then((next) => setMore([...more, ...next.items]));
  return html`<section class="results" aria-busy=${!!waiting}>
    <${Failed} error=${error} />
    ${data && html`<div class="head"><p role="status">${data.more ? "10,000 or more" : data.total.toLocaleString("en")} event${data.total === 1 ? "" : "s"}</p>
      <p class="downloads">Take them along: ${["csv", "parquet", "jsonl", "txt"].map((k) => html`<a href=${`/api/events/download/${k}?${base}`} download>${k === "txt" ? "citations" : k}</a> `)}</p></div>
      ${data.total === 0 && html`<p class="empty">Nothing fits. Take a filter away, or a shorter word.</p>`}
      <ol class="lines">${items.map((row) => html`<${EventLine} row=${row} key=${row.id} />`)}</ol>
      ${items.length < data.total && html`<button class="more" onClick=${load}>Show 50 more</button>`}`}
  </section>`;
}

export function Search({ params }) {
  const { data: about } = useApi("about");
  const submit = (e) => { e.preventDefault(); go("search", Object.fromEntries(new FormData(e.target))); };
  return html`<div class="wide"><h1>Search</h1>
    <form class="filters" onSubmit=${submit} key=${query(params)}>
      <${Field} name="q" label="Words" value=${params.q} placeholder="pipeline sanctions" type="search" />
      <${Field} name="source" label="Who" value=${params.source} placeholder="CHN, or a name" />
      <${Field} name="target" label="To whom" value=${params.target} placeholder="HUN, or a name" />
      <${Choice} name="type" label="What" options=${TYPES} value=${params.type} />
      <${Choice} name="status" label="Status" options=${STATUSES} value=${params.status} />
      <label>Kind<select name="quad" value=${params.quad || ""}><option value="">any</option>${[1, 2, 3, 4].map((q) => html`<option value=${q} selected=${params.quad == q}>${QUADS[q]}</option>`)}</select></label>
      <${Field} name="since" label="From" value=${params.since} placeholder="2024-01" pattern="\\d{4}(-\\d\\d){0,2}" />
      <${Field} name="until" label="To" value=${params.until} placeholder="2024-12" pattern="\\d{4}(-\\d\\d){0,2}" />
      <${Field} name="outlet" label="Outlet" value=${params.outlet} list="outlets" />
      <${Field} name="place" label="Place" value=${params.place} placeholder="Budapest, or HUN" />
      <${Choice} name="verdict" label="Review" options=${["open", "accept", "reject", "edit"]} value=${params.verdict} />
      <datalist id="outlets">${(about?.outlets || []).map((o) => html`<option value=${o} />`)}</datalist>
      <button>Search</button>
    </form>
    <${EventList} filters=${params} /></div>`;
}
