import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import iso from "i18n-iso-countries/codes.json";

export { html };

export const QUADS = ["", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
export const TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(" ");
export const STATUSES = "occurred ongoing planned offered threatened demanded denied refused alleged hypothetical not_yet".split(" ");

export async function api(path, options) {
  const answer = await fetch("/api/" + path, options && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(options) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || body.title);
  return body;
}

export function useApi(path) {
  const [state, set] = useState({});
  useEffect(() => {
    let here = true;
    if (path) api(path).then((data) => here && set({ data, path }), (error) => here && set({ error, path }));
    return () => (here = false);
  }, [path]);
  return state.path === path ? state : { data: state.data, waiting: true };
}

export const query = (values) => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== "" && v != null)).toString();
export const go = (view, values = {}) => (location.hash = `#/${view}${query(values) ? "?" + query(values) : ""}`);

const names = new Intl.DisplayNames(["en"], { type: "region" });
const ORGS = { UNO: "United Nations", EUR: "European Union", IGO: "intergovernmental" };
// codes.json: [alpha-2, alpha-3, numeric]
const twos = Object.fromEntries(iso.map(([two, three]) => [three, two]));
export const CODES = iso.map(([, three]) => three);
export const byNumber = new Map(iso.map(([, three, number]) => [String(number).padStart(3, "0"), three]));
export const country = (code) => ORGS[code] || (twos[code] ? names.of(twos[code]) : code) || "?";

export function Parties({ names, countries }) {
  if (!names.length) return html`<span class="nobody">nobody named</span>`;
  return names.map((name, i) => html`${i ? ", " : ""}<b>${name}</b>${countries[i] ? html` <abbr title=${country(countries[i])}>${countries[i]}</abbr>` : ""}`);
}

export const when = (start, end) => (!start ? "no date" : !end || start === end ? start : `${start} – ${end.slice(0, 8) === start.slice(0, 8) ? end.slice(8) : end}`);

export function EventLine({ row }) {
  return html`<li class="line q${row.quad} ${row.correction || ""}">
    <div class="act"><${Parties} names=${row.source_names} countries=${row.source_countries} />
      <span class="type">${row.type.toLowerCase()}${row.mode ? " · " + row.mode : ""}</span>
      <${Parties} names=${row.target_names} countries=${row.target_countries} /></div>
    <a class="words" href=${`#/article/${row.short}?event=${row.id.split(":")[1]}`}>${row.sentence}</a>
    <div class="facts"><time>${when(row.date_start, row.date_end)}</time><span class="status s-${row.status}">${row.status.replace("_", " ")}</span>
      ${row.place_name && html`<span>${row.place_name}</span>`}<span>${row.reported_by ? `says ${row.reported_by}` : row.outlet || row.agency || "outlet unknown"}</span>
      <span title="how sure the coder is">${Math.round(row.confidence * 100)}% sure</span>${row.correction && html`<span class="verdict">${row.correction}</span>`}</div>
    ${row.headline && html`<p class="under">${row.headline}</p>`}
  </li>`;
}

export const Failed = ({ error }) => error && html`<p class="failed" role="alert">${error.message}</p>`;
export const Legend = () => html`<p class="legend">${[1, 2, 3, 4].map((q) => html`<span class="q${q}"><i></i>${QUADS[q]}</span>`)}</p>`;

export const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

// Who reviews: kept by this browser, written beside every correction.
export const author = () => { try { return localStorage.getItem("author") || ""; } catch { return ""; } };
export const setAuthor = (name) => { try { localStorage.setItem("author", name); } catch { /* a browser that keeps nothing */ } };
