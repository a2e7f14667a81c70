import * as Plot from "@observablehq/plot";
import { brushX, select, geoCentroid } from "d3";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";
import iso from "i18n-iso-countries/codes.json";
import { html, query, go, useApi, Failed, Legend, Counting, QUADS, country, setTwos } from "./common.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { EventList, Field } from "./search.js";

// codes.json: [alpha-2, alpha-3, numeric]
setTwos(Object.fromEntries(iso.map(([two, three]) => [three, two])));
const numeric = new Map(iso.map(([, three, number]) => [String(number).padStart(3, "0"), three]));
const shapes = feature(atlas, atlas.objects.countries).features;
const shapeOf = new Map(shapes.map((s) => [numeric.get(String(s.id).padStart(3, "0")), s]));
const points = new Map([...shapeOf].filter(([code]) => code).map(([code, s]) => [code, geoCentroid(biggest(s))]));
points.set("EUR", [4.35, 50.85]).set("UNO", [-73.97, 40.75]).set("USA", [-97, 39]).set("FRA", [2.5, 46.5]).set("NOR", [9, 61]);

function biggest(shape) {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  return { type: "Polygon", coordinates: [...shape.geometry.coordinates].sort((a, b) => b[0].length - a[0].length)[0] };
}

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = () => ({ domain: [1, 2, 3, 4], range: [1, 2, 3, 4].map((q) => css("--q" + q)) });

export function Chart({ draw, height = 220, label }) {
  const box = useRef();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => { if (width > 40) { const svg = draw(width, height); for (const g of svg.querySelectorAll("g[aria-label]")) g.removeAttribute("aria-label"); svg.setAttribute("role", svg.querySelector("a") ? "group" : "img"); svg.setAttribute("aria-label", label); box.current.replaceChildren(svg); } });
  return html`<div class="chart" ref=${box} style=${{ minHeight: height + "px" }}></div>`;
}

const month = (text) => new Date(text + "-01T00:00:00Z");
const frame = (width, height) => ({ width, height, className: "plot", marginLeft: 44, marginRight: 12, style: { background: "transparent", color: "inherit", fontSize: "12px" } });

function Timeline({ series, from, to, domain, zoom }) {
  const rows = series.filter((r) => r.source === from && r.target === to);
  const total = rows.reduce((n, r) => n + r.n, 0);
  const draw = (width, height) => {
    const svg = Plot.plot({ ...frame(width, height), x: { type: "utc", domain, label: null }, y: { label: "events a month", grid: true, nice: true, interval: rows.reduce((m, r) => Math.max(m, r.n), 0) < 6 ? 1 : undefined, tickFormat: (d) => Math.abs(d) }, color: colours(),
      marks: [Plot.rectY(rows, Plot.stackY({ x: (d) => month(d.month), interval: "month", y: (d) => (d.quad > 2 ? -d.n : d.n), fill: "quad", order: "quad", title: (d) => `${d.month}: ${d.n} × ${d.type.toLowerCase()} (${QUADS[d.quad]})` })), Plot.ruleY([0])] });
    const scale = svg.scale("x");
    const brush = brushX().extent([[44, 10], [width - 12, height - 30]]).on("end", ({ selection, sourceEvent }) => {
      if (!selection || !sourceEvent) return;
      zoom(...selection.map((x) => scale.invert(x).toISOString().slice(0, 7)));
    });
    select(svg).insert("g", "*").attr("class", "brush").call(brush);
    return svg;
  };
  return html`<figure><figcaption><b>${country(from)}</b> → <b>${country(to)}</b> <span>${total.toLocaleString("en")} events; cooperation above the line, conflict below</span></figcaption><${Chart} draw=${draw} label=${`Events of ${country(from)} towards ${country(to)} by month`} /></figure>`;
}

function monthly(series) {
  const found = new Map();
  for (const r of series) { const m = found.get(r.month) || { month: r.month, n: 0, score: 0 }; m.n += r.n; m.score += r.score; found.set(r.month, m); }
  const rows = [...found.values()].sort((a, b) => a.month.localeCompare(b.month));
  const at = (r) => +r.month.slice(0, 4) * 12 + +r.month.slice(5, 7);
  // The mean of all events within one month either side, so that a month with one event weighs as one event.
  for (const r of rows) { const near = rows.filter((o) => Math.abs(at(o) - at(r)) <= 1); r.smooth = near.reduce((s, o) => s + o.score, 0) / near.reduce((s, o) => s + o.n, 0); r.mean = r.score / r.n; }
  return rows;
}

function Scores({ series, domain, name }) {
  const rows = monthly(series);
  const draw = (width, height) => Plot.plot({ ...frame(width, height), x: { type: "utc", domain, label: null }, y: { domain: [-10, 10], label: "PLOVER score", grid: true }, r: { range: [0, 9] },
    marks: [Plot.ruleY([0]), Plot.dot(rows, { x: (d) => month(d.month), y: "mean", r: "n", fill: "currentColor", fillOpacity: 0.28, title: (d) => `${d.month}: mean ${d.mean.toFixed(1)} of ${d.n} event${d.n === 1 ? "" : "s"}` }), Plot.line(rows, { x: (d) => month(d.month), y: "smooth", stroke: css("--accent"), strokeWidth: 2 })] });
  return html`<figure><figcaption><b>How friendly</b> <span>${name}: dots are months, as large as their number of events; the line is the mean of three months</span></figcaption><${Chart} draw=${draw} height=${180} label=${"Mean score by month, " + name} /></figure>`;
}

function Pair({ a, b, params, zoom }) {
  const { data, error } = useApi(`dyads/${a}/${b}`);
  if (error) return html`<${Failed} error=${error} />`;
  if (!data) return html`<div class="waiting"></div>`;
  if (!data.series.length) return html`<p class="empty">No events between ${country(a)} and ${country(b)}.</p><${Counting} on=${data.counting} />`;
  const series = data.series.filter((r) => (!params.since || r.month >= params.since) && (!params.until || r.month <= params.until.slice(0, 7)));
  const all = data.series.map((r) => r.month).sort();
  const end = month(params.until?.slice(0, 7) || all.at(-1));
  const domain = [month((params.since || all[0]).slice(0, 7)), new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 1))];
  // One lonely month is shown as a month of a year, not as a wall.
  if (domain[1] - domain[0] < 300 * 864e5) { domain[0] = new Date(Date.UTC(domain[0].getUTCFullYear(), domain[0].getUTCMonth() - 6, 1)); domain[1] = new Date(Date.UTC(domain[1].getUTCFullYear(), domain[1].getUTCMonth() + 6, 1)); }
  const types = Object.entries(series.reduce((t, r) => ({ ...t, [r.type]: (t[r.type] || 0) + r.n }), {})).sort((x, y) => y[1] - x[1]);
  const shown = { series, domain, zoom };
  return html`<section class="pair"><h2>${country(a)} ↔ ${country(b)}</h2><${Counting} on=${data.counting} />
    <${Timeline} ...${shown} from=${a} to=${b} /><${Timeline} ...${shown} from=${b} to=${a} /><${Scores} ...${shown} name="both directions" />
    <p class="types">${types.map(([t, n]) => html`<a href=${"#/search?" + query({ source: a, target: b, type: t, since: params.since, until: params.until })}>${t.toLowerCase()} ${n}</a> `)}</p></section>`;
}

export function Dyad({ params }) {
  const { a = "", b = "", c = "", d = "" } = params;
  const submit = (e) => { e.preventDefault(); go("dyad", Object.fromEntries([...new FormData(e.target)].map(([k, v]) => [k, /^[a-d]$/.test(k) ? v.trim().toUpperCase() : v]))); };
  const zoom = (since, until) => go("dyad", { ...params, since, until });
  const ok = (x, y) => /^[A-Z]{3}$/.test(x) && /^[A-Z]{3}$/.test(y);
  return html`<div class="wide"><h1>Dyad</h1><form class="filters" onSubmit=${submit} key=${query(params)}>
    <${Field} name="a" label="Between" value=${a} placeholder="CHN" list="codes" required /><${Field} name="b" label="and" value=${b} placeholder="HUN" list="codes" required /><${Field} name="c" label="Compare with" value=${c} placeholder="CHN" list="codes" /><${Field} name="d" label="and" value=${d} placeholder="SRB" list="codes" />
    <${Field} name="since" label="From" value=${params.since} placeholder="2020-01" /><${Field} name="until" label="To" value=${params.until} placeholder="2024-12" /><button>Show</button>
    <datalist id="codes">${iso.map(([, three]) => html`<option value=${three}>${country(three)}</option>`)}</datalist></form>
    ${ok(a, b) ? html`<${Legend} /><div class=${ok(c, d) ? "pairs" : ""}><${Pair} a=${a} b=${b} params=${params} zoom=${zoom} />${ok(c, d) && html`<${Pair} a=${c} b=${d} params=${params} zoom=${zoom} />`}</div>
      <p class="note">Draw across a chart to zoom. ${params.since && html`<a href=${"#/dyad?" + query({ ...params, since: "", until: "" })}>Show all years</a>`} <a href=${"#/stories"}>Stories</a></p>
      <div class="pairs"><section><h2>${country(a)} → ${country(b)}</h2><${EventList} filters=${{ source: a, target: b, since: params.since, until: params.until }} /></section><section><h2>${country(b)} → ${country(a)}</h2><${EventList} filters=${{ source: b, target: a, since: params.since, until: params.until }} /></section></div>` : html`<p class="empty">Name two countries by their three letters, or choose a pair on the <a href="#/world">world view</a>.</p>`}</div>`;
}

const link = (p) => "#/dyad?" + query({ a: p.source, b: p.target });

function WorldMap({ pairs }) {
  const active = new Map();
  for (const p of pairs) { active.set(p.source, (active.get(p.source) || 0) + p.n); active.set(p.target, (active.get(p.target) || 0) + p.n); }
  const arcs = pairs.filter((p) => points.has(p.source) && points.has(p.target)).slice(0, 40).reverse();
  const height = Math.min(560, Math.max(200, innerWidth * 0.42));
  const draw = (width) => Plot.plot({ width, height: Math.round(width * 0.5), className: "plot", projection: { type: "equal-earth", domain: { type: "MultiPoint", coordinates: [[-168, -52], [-168, 72], [180, 72], [180, -52]] } }, style: { background: "transparent", color: "inherit" },
    color: { type: "log", range: [css("--land-1"), css("--land-2")], interpolate: "rgb" },
    marks: [Plot.geo(shapes.filter((s) => String(s.id) !== "010"), { fill: css("--land"), stroke: css("--paper"), strokeWidth: 0.5 }),
      Plot.geo(shapes.filter((s) => active.get(numeric.get(String(s.id).padStart(3, "0")))), { fill: (s) => active.get(numeric.get(String(s.id).padStart(3, "0"))), stroke: css("--paper"), strokeWidth: 0.5, title: (s) => `${s.properties.name}: ${active.get(numeric.get(String(s.id).padStart(3, "0"))).toLocaleString("en")} events` }),
      ...[[css("--q2"), (p) => p.score >= 0], [css("--q4"), (p) => p.score < 0]].map(([stroke, which]) => Plot.arrow(arcs.filter(which), { x1: (p) => points.get(p.source)[0], y1: (p) => points.get(p.source)[1], x2: (p) => points.get(p.target)[0], y2: (p) => points.get(p.target)[1], bend: 28, headLength: 7, stroke, strokeOpacity: 0.8, strokeWidth: (p) => 1 + (3 * Math.sqrt(p.n)) / Math.sqrt(arcs.at(-1).n), href: link, title: (p) => `${country(p.source)} → ${country(p.target)}: ${p.n} events, mean score ${p.score.toFixed(1)}` }))] });
  return html`<figure><figcaption><span>The darker a country, the more events it takes part in. Arrows: the 40 busiest pairs, <em class="good">cooperation</em> or <em class="bad">conflict</em> on the whole.</span></figcaption><${Chart} draw=${draw} height=${height} label="Map of who acts on whom" /></figure>`;
}

function Matrix({ pairs }) {
  const sums = {};
  for (const p of pairs) { sums[p.source] = (sums[p.source] || 0) + p.n; sums[p.target] = (sums[p.target] || 0) + p.n; }
  const top = Object.entries(sums).sort((a, b) => b[1] - a[1]).slice(0, innerWidth < 700 ? 10 : 20).map(([c]) => c);
  const cells = pairs.filter((p) => top.includes(p.source) && top.includes(p.target));
  const draw = (width, height) => Plot.plot({ ...frame(width, height), marginTop: 40, marginBottom: 10, x: { domain: top, axis: "top", label: "to whom", tickSize: 0, tickRotate: top.length > 12 ? -45 : 0 }, y: { domain: top, label: "who", tickSize: 0 }, color: { type: "diverging", domain: [-8, 8], range: [css("--q4"), css("--land"), css("--q2")], interpolate: "rgb", clamp: true },
    marks: [Plot.cell(cells, { x: "target", y: "source", fill: "score", inset: 1, rx: 2, href: link, title: (p) => `${country(p.source)} → ${country(p.target)}: ${p.n} events, mean score ${p.score.toFixed(1)}` }), Plot.text(cells, { x: "target", y: "source", text: (p) => p.n, fontSize: 10, fill: css("--ink"), pointerEvents: "none" })] });
  return html`<figure><figcaption><b>Who to whom</b> <span>number of events, coloured by their mean score</span></figcaption><${Chart} draw=${draw} height=${Math.max(220, top.length * 24 + 60)} label="Matrix of the most active countries" /></figure>`;
}

export function World({ params }) {
  const { data, error } = useApi("world?" + query({ since: params.since, until: params.until }));
  const submit = (e) => { e.preventDefault(); go("world", Object.fromEntries(new FormData(e.target))); };
  return html`<div class="wide"><h1>World</h1><form class="filters" onSubmit=${submit} key=${data?.since + data?.until}><${Field} name="since" label="From" value=${params.since || data?.since} /><${Field} name="until" label="To" value=${params.until || data?.until} /><button>Show</button></form>
    <${Failed} error=${error} />${data && html`<${Counting} on=${data.counting} />${data.pairs.length ? html`<${WorldMap} pairs=${data.pairs} />
      <div class="columns"><${Matrix} pairs=${data.pairs} /><div><h2>Busiest pairs</h2><ol class="ranks">${data.pairs.slice(0, 12).map((p) => html`<li><a href=${link(p)}>${country(p.source)} → ${country(p.target)}</a><span>${p.n.toLocaleString("en")}</span><i class=${p.score < 0 ? "bad" : "good"}>${p.score.toFixed(1)}</i></li>`)}</ol></div>
      <div><h2>Moving most</h2><p class="note">${data.until} beside the mean month of the year before it.</p><ol class="ranks">${data.movers.map((m) => html`<li><a href=${link(m)}>${country(m.source)} → ${country(m.target)}</a><span>${m.now} <small>usually ${m.usual.toFixed(1)}</small></span><i>${m.now >= m.usual ? "▲" : "▼"}</i></li>`)}</ol></div></div>` : html`<p class="empty">No events between two countries in this time.</p>`}`}</div>`;
}
