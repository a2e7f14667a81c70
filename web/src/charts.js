import * as Plot from "@observablehq/plot";
import { brushX, select, geoCentroid, interpolateRgb } from "d3";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";
import { html, query, go, useApi, Failed, Legend, QUADS, TYPES, CODES, byNumber, plural, country } from "./common.js";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { EventList, Field } from "./search.js";

const shapes = feature(atlas, atlas.objects.countries).features;
const shapeOf = new Map(shapes.map((s) => [byNumber.get(String(s.id).padStart(3, "0")), s]));
const points = new Map([...shapeOf].filter(([code]) => code).map(([code, s]) => [code, geoCentroid(biggest(s))]));
points.set("EUR", [4.35, 50.85]).set("UNO", [-73.97, 40.75]).set("USA", [-97, 39]).set("FRA", [2.5, 46.5]).set("NOR", [9, 61]);

function biggest(shape) {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  return { type: "Polygon", coordinates: [...shape.geometry.coordinates].sort((a, b) => b[0].length - a[0].length)[0] };
}

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = () => ({ domain: [1, 2, 3, 4], range: [1, 2, 3, 4].map((q) => css("--q" + q)) });

const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;

export function Chart({ draw, height = 220, label, of }) {
  const box = useRef();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => { if (width > 40) { const svg = draw(width, height); for (const g of svg.querySelectorAll("g[aria-label]")) g.removeAttribute("aria-label"); svg.setAttribute("role", svg.querySelector("a") ? "group" : "img"); svg.setAttribute("aria-label", label); box.current.replaceChildren(svg); } }, [width, height, label, dark(), ...of]);
  return html`<div class="chart" ref=${box} style=${{ minHeight: height + "px" }}></div>`;
}

const month = (text) => new Date(text + "-01T00:00:00Z");
const frame = (width, height) => ({ width, height, className: "plot", marginLeft: 44, marginRight: 22, style: { background: "transparent", color: "inherit", fontSize: "12px" } });

// Types take the colours of their quad, from light to dark; a key under the chart names them.
const SHADES = { AGREE: [1, 0], CONSULT: [1, 25], SUPPORT: [1, 50], CONCEDE: [1, 75], COOPERATE: [2, 0], AID: [2, 30], RETREAT: [2, 60], REQUEST: [3, 0], ACCUSE: [3, 25], REJECT: [3, 50], THREATEN: [3, 75], PROTEST: [4, 0], SANCTION: [4, 20], MOBILIZE: [4, 40], COERCE: [4, 60], ASSAULT: [4, 80] };
const QUAD_OF = Object.fromEntries(Object.entries(SHADES).map(([type, [quad]]) => [type, quad]));
const shade = (type) => { const [quad, by] = SHADES[type]; return interpolateRgb(css("--q" + quad), css("--ink"))(by / 130); };

function Timeline({ series, from, to, domain, most, step, by, zoom }) {
  const rows = series.filter((r) => r.source === from && r.target === to);
  const total = rows.reduce((n, r) => n + r.n, 0);
  const types = TYPES.filter((t) => rows.some((r) => r.type === t));
  const bars = gathered(rows, by, step);
  const unit = step > 1 ? "quarter" : "month";
  const draw = (width, height) => {
    const svg = Plot.plot({ ...frame(width, height), x: { type: "utc", domain, label: null, ticks: width < 500 ? 5 : 8 }, y: { domain: most, label: `events a ${unit}`, grid: true, ticks: 5, tickFormat: (d) => (d % 1 ? "" : Math.abs(d).toLocaleString("en")) }, color: by === "type" ? { domain: types, range: types.map(shade) } : colours(),
      marks: [Plot.rectY(bars, Plot.stackY({ x: (d) => month(d.month), interval: unit, y: (d) => (d.quad > 2 ? -d.n : d.n), fill: by === "type" ? "type" : "quad", order: by === "type" ? types : [1, 2, 3, 4], insetLeft: 0.4, insetRight: 0.4, clip: true, title: (d) => `${d.month}: ${d.n} × ${by === "type" ? `${d.type.toLowerCase()} (${QUADS[d.quad]})` : QUADS[d.quad]}` })), Plot.ruleY([0])] });
    const scale = svg.scale("x");
    const brush = brushX().extent([[44, 10], [width - 22, height - 30]]).on("end", ({ selection, sourceEvent }) => {
      if (!selection || !sourceEvent) return;
      zoom(...selection.map((x) => scale.invert(x).toISOString().slice(0, 7)));
    });
    select(svg).insert("g", "*").attr("class", "brush").call(brush);
    return svg;
  };
  return html`<figure><figcaption><b>${country(from)} → ${country(to)}</b> <span>${plural(total, "event")}</span></figcaption><${Chart} draw=${draw} of=${[series, by, +domain[0], +domain[1]]} label=${`Events of ${country(from)} towards ${country(to)} by ${unit}`} />
    ${by === "type" && html`<p class="legend">${types.map((t) => html`<span><i ref=${(i) => i && (i.style.background = shade(t))}></i>${t.toLowerCase()}</span>`)}</p>`}</figure>`;
}

function sums(rows, key, read = (r) => r.n) {
  const found = new Map();
  for (const r of rows) found.set(key(r), (found.get(key(r)) || 0) + read(r));
  return found;
}

const binned = (text, step) => back(at(text) - (at(text) % step));

const gathered = (rows, by, step) => [...sums(rows, (r) => binned(r.month, step) + r[by === "type" ? "type" : "quad"])].map(([key, n]) => ({ month: key.slice(0, 7), n, ...(by === "type" ? { type: key.slice(7), quad: QUAD_OF[key.slice(7)] } : { quad: +key.slice(7) }) }));

const at = (text) => +text.slice(0, 4) * 12 + +text.slice(5, 7) - 1;
const back = (number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

function monthly(series) {
  const n = sums(series, (r) => r.month), score = sums(series, (r) => r.month, (r) => r.score);
  const ends = [...n.keys()].map(at);
  const rows = [];
  for (let m = Math.min(...ends); m <= Math.max(...ends); m++) {
    // All events within one month, so that a month with one event weighs as one event; nothing where there are none.
    const near = [back(m - 1), back(m), back(m + 1)].filter((key) => n.has(key));
    const total = near.reduce((sum, key) => sum + n.get(key), 0);
    rows.push({ month: back(m), n: n.get(back(m)) || 0, mean: n.has(back(m)) ? score.get(back(m)) / n.get(back(m)) : NaN, smooth: total ? near.reduce((sum, key) => sum + score.get(key), 0) / total : NaN });
  }
  return rows;
}

function Scores({ series, domain, name }) {
  const draw = (width, height) => {
    const rows = monthly(series);
    return Plot.plot({ ...frame(width, height), x: { type: "utc", domain, label: null, ticks: width < 500 ? 5 : 8 }, y: { domain: [-10, 10], label: "PLOVER score", grid: true, ticks: 5 }, r: { range: [1.5, Math.max(3, Math.min(8, (1.4 * width) / rows.length))] },
      marks: [Plot.ruleY([0]), Plot.dot(rows.filter((r) => r.n), { x: (d) => month(d.month), y: "mean", r: "n", fill: "currentColor", fillOpacity: 0.25, clip: true, title: (d) => `${d.month}: mean ${d.mean.toFixed(1)} of ${plural(d.n, "event")}` }), Plot.line(rows, { x: (d) => month(d.month), y: "smooth", stroke: css("--accent"), strokeWidth: 2, clip: true })] });
  };
  return html`<figure><figcaption><b>How friendly</b> <span>${name}</span></figcaption><${Chart} draw=${draw} of=${[series, +domain[0], +domain[1]]} height=${180} label=${"Mean score by month, " + name} /></figure>`;
}

function Pair({ a, b, data, params, domain, most, step, zoom }) {
  const series = useMemo(() => within(data.series, params), [data, params.since, params.until]);
  if (!series.length) return html`<section class="pair"><h2>${country(a)} ↔ ${country(b)}</h2><p class="empty">No events between ${country(a)} and ${country(b)}${data.series.length ? " in this time" : ""}.</p></section>`;
  const drawn = { series, domain, zoom, most, step, by: params.by };
  const links = (from, to) => html`<p class="types">${country(from)}: ${[...sums(series.filter((r) => r.source === from), (r) => r.type)].sort((x, y) => y[1] - x[1]).map(([t, n]) => html`<a href=${"#/search?" + query({ source: from, target: to, type: t, since: params.since, until: params.until })}>${t.toLowerCase()} ${n.toLocaleString("en")}</a> `)}</p>`;
  return html`<section class="pair"><h2>${country(a)} ↔ ${country(b)}</h2>
    <${Timeline} ...${drawn} from=${a} to=${b} />${a !== b && html`<${Timeline} ...${drawn} from=${b} to=${a} />`}<${Scores} ...${drawn} name=${a === b ? "" : "both directions"} />
    ${links(a, b)}${a !== b && links(b, a)}</section>`;
}

const within = (series, { since, until }) => series.filter((r) => (!since || r.month >= since.slice(0, 7)) && (!until || r.month <= until.slice(0, 7)));

// Two pairs are held against each other only on the same axes.
function axes(sets, params) {
  const rows = sets.flatMap((d) => within(d.series, params));
  let [first, last] = span(rows, params);
  // One lonely month is shown as a month of a year, not as a wall.
  if (!params.since && last - first < 10) { first -= 5; last += 5; }
  const step = last - first > 72 ? 3 : 1; // beyond six years by quarters: bars one can tell apart
  if (step > 1) [first, last] = [first - (first % 3), last + 2 - (last % 3)];
  const most = (sign) => Math.max(1, ...sets.flatMap((d, i) => [...sums(within(d.series, params).filter((r) => (r.quad > 2) === (sign < 0) && at(r.month) >= first && at(r.month) <= last), (r) => i + r.source + binned(r.month, step)).values()]));
  return { step, domain: [month(back(first)), month(back(last + 1))], most: [-most(-1), most(1)], before: rows.filter((r) => at(r.month) < first).reduce((n, r) => n + r.n, 0), after: rows.filter((r) => at(r.month) > last).reduce((n, r) => n + r.n, 0) };
}

// A few events of long ago would press all others into a corner: where 96 of 100 lie in less than half the time, that is drawn first.
function span(rows, params) {
  const months = [...sums(rows, (r) => at(r.month))].sort((x, y) => x[0] - y[0]);
  if (!months.length) return [at("2024-01"), at("2024-12")];
  const whole = [params.since ? at(params.since) : months[0][0], params.until ? at(params.until) : months.at(-1)[0]];
  const spare = months.reduce((n, [, k]) => n + k, 0) * 0.04;
  if (params.since || params.until || params.all) return whole;
  let [i, j, cut] = [0, months.length - 1, 0];
  for (;;) {
    // The end with the wider gap goes first.
    const left = i < j ? months[i + 1][0] - months[i][0] : 0, right = i < j ? months[j][0] - months[j - 1][0] : 0;
    const k = left >= right ? i : j;
    if (i >= j || cut + months[k][1] > spare) break;
    cut += months[k][1];
    if (k === i) i++; else j--;
  }
  return months[j][0] - months[i][0] < (whole[1] - whole[0]) / 2 ? [months[i][0], months[j][0]] : whole;
}

function Pairs({ a, b, c, d, params, zoom }) {
  const two = c && d;
  const first = useApi(`dyads/${a}/${b}`), second = useApi(two ? `dyads/${c}/${d}` : null);
  const error = first.error || second.error;
  if (error) return html`<${Failed} error=${error} />`;
  if (!first.data || (two && !second.data)) return html`<div class="waiting"></div>`;
  const sets = two ? [first.data, second.data] : [first.data];
  const { before, after, ...drawn } = axes(sets, params);
  const shared = { params, zoom, ...drawn };
  return html`<div class=${two ? "pairs" : ""}><${Pair} ...${shared} a=${a} b=${b} data=${first.data} />${two && html`<${Pair} ...${shared} a=${c} b=${d} data=${second.data} />`}</div>
    <p class="note">A dot is a month's mean score, as large as its number of events; the line is the mean of all events within one month either side, broken where there are none. Draw across a chart to zoom. ${before + after > 0 && `${plural(before, "event")} before and ${after.toLocaleString("en")} after are not drawn. `}${(params.since || params.until || before + after > 0) && html`<a href=${"#/dyad?" + query({ ...params, since: "", until: "", all: "1" })}>Show all years</a>`}</p>
    <div class=${first.data.statements.length && first.data.stories.length ? "pairs" : ""}>${first.data.statements.length > 0 && html`<section><h2>Lately said</h2><ol class="quotes">${first.data.statements.map((s) => html`<li key=${s.short + s.words}><blockquote>${s.words}</blockquote><p class="facts"><b>${s.speaker}</b> <span>${s.stance}</span> <time>${s.day}</time> <a href=${"#/article/" + s.short + "?event=" + s.event.split(":")[1]}>${s.outlet || "the article"}</a></p></li>`)}</ol></section>`}
      ${first.data.stories.length > 0 && html`<section><h2>Stories</h2><ol class="stories small">${first.data.stories.map((s) => html`<li key=${s.story}><a href=${"#/story/" + s.short}>${s.headline || "Without a headline"}</a><div class="facts"><time>${s.last}</time><span>${plural(s.articles, "report")}</span></div></li>`)}</ol></section>`}</div>`;
}

export function Dyad({ params }) {
  const { a = "", b = "", c = "", d = "" } = params;
  const submit = (e) => { e.preventDefault(); go("dyad", { by: params.by, ...Object.fromEntries([...new FormData(e.target)].map(([k, v]) => [k, /^[a-d]$/.test(k) ? v.trim().toUpperCase() : v])) }); };
  const zoom = (since, until) => go("dyad", { ...params, since, until });
  const ok = (x, y) => /^[A-Z]{3}$/.test(x) && /^[A-Z]{3}$/.test(y);
  return html`<div class="wide"><h1>Dyad</h1><form class="filters" onSubmit=${submit} key=${query(params)}>
    <${Field} name="a" label="Between" value=${a} placeholder="CHN" list="codes" required /><${Field} name="b" label="and" value=${b} placeholder="HUN" list="codes" required /><${Field} name="c" label="Compare with" value=${c} placeholder="CHN" list="codes" /><${Field} name="d" label="and" value=${d} placeholder="SRB" list="codes" />
    <${Field} name="since" label="From" value=${params.since} placeholder="2020-01" /><${Field} name="until" label="To" value=${params.until} placeholder="2024-12" /><button>Show</button>
    <datalist id="codes">${CODES.map((three) => html`<option value=${three}>${country(three)}</option>`)}</datalist></form>
    ${ok(a, b) ? html`<div class="head"><div><${Legend} /><p class="note">Cooperation stands above the line, conflict below.</p></div><p class="tabs" role="group" aria-label="Colour by">Colour by ${["quad", "type"].map((by) => html`<a href=${"#/dyad?" + query({ ...params, by: by === "quad" ? "" : by })} aria-current=${(params.by || "quad") === by ? "true" : null}>${by === "quad" ? "kind" : by}</a>`)}</p></div>
      <${Pairs} a=${a} b=${b} c=${ok(c, d) && c} d=${ok(c, d) && d} params=${params} zoom=${zoom} />
      <div class="pairs"><section><h2>${country(a)} → ${country(b)}</h2><${EventList} first=${10} filters=${{ source: a, target: b, since: params.since, until: params.until }} /></section><section><h2>${country(b)} → ${country(a)}</h2><${EventList} first=${10} filters=${{ source: b, target: a, since: params.since, until: params.until }} /></section></div>` : html`<p class="empty">Name two countries by their three letters, or choose a pair on the <a href="#/world">world view</a>.</p>`}</div>`;
}

const link = (p) => "#/dyad?" + query({ a: p.source, b: p.target });

function WorldMap({ pairs, places }) {
  const active = new Map();
  for (const p of pairs) { active.set(p.source, (active.get(p.source) || 0) + p.n); active.set(p.target, (active.get(p.target) || 0) + p.n); }
  const arcs = pairs.filter((p) => points.has(p.source) && points.has(p.target)).slice(0, 40).reverse();
  const height = Math.round(Math.min(1184, innerWidth - 32) * 0.5);
  const draw = (width) => Plot.plot({ width, height: Math.round(width * 0.5), className: "plot", projection: { type: "equal-earth", domain: { type: "MultiPoint", coordinates: [[-168, -52], [-168, 78], [180, 78], [180, -52]] } }, style: { background: "transparent", color: "inherit" },
    color: { type: "log", range: [css("--land-1"), css("--land-2")], interpolate: "rgb" },
    marks: [Plot.geo(shapes.filter((s) => String(s.id) !== "010"), { fill: css("--land"), stroke: css("--paper"), strokeWidth: 0.5 }),
      Plot.geo(shapes.filter((s) => active.get(byNumber.get(String(s.id).padStart(3, "0")))), { fill: (s) => active.get(byNumber.get(String(s.id).padStart(3, "0"))), stroke: css("--paper"), strokeWidth: 0.5, title: (s) => `${s.properties.name}: ${active.get(byNumber.get(String(s.id).padStart(3, "0"))).toLocaleString("en")} events` }),
      Plot.dot(places, { x: "place_lon", y: "place_lat", r: (p) => 1.5 + Math.sqrt(p.n), fill: css("--ink"), fillOpacity: 0.55, stroke: css("--paper"), strokeWidth: 0.5, href: (p) => "#/search?" + query({ place: p.place_name }), title: (p) => `${p.place_name}: ${plural(p.n, "event")} among the newest` }),
      ...[[css("--q2"), (p) => p.score >= 0], [css("--q4"), (p) => p.score < 0]].map(([stroke, which]) => Plot.arrow(arcs.filter(which), { x1: (p) => points.get(p.source)[0], y1: (p) => points.get(p.source)[1], x2: (p) => points.get(p.target)[0], y2: (p) => points.get(p.target)[1], bend: 18, headLength: 7, stroke, strokeOpacity: 0.8, strokeWidth: (p) => 1 + (3 * Math.sqrt(p.n)) / Math.sqrt(arcs.at(-1).n), href: link, title: (p) => `${country(p.source)} → ${country(p.target)}: ${p.n} events, mean score ${signed(p.score)}` }))] });
  return html`<figure><figcaption><span>The stronger a country's colour, the more events it takes part in. Arrows: the 40 busiest pairs, <em class="good">cooperation</em> or <em class="bad">conflict</em> on the whole. ${places.length > 0 && "Dots: where the newest events took place."}</span></figcaption><${Chart} draw=${draw} height=${height} of=${[pairs, places]} label="Map of who acts on whom" /></figure>`;
}

const short = (n) => (n < 1000 ? n : n < 10000 ? (n / 1000).toFixed(1) + "k" : Math.round(n / 1000) + "k");
const signed = (score) => (Math.abs(score) < 0.05 ? "0.0" : (score > 0 ? "+" : "−") + Math.abs(score).toFixed(1));

function Matrix({ pairs }) {
  const sums = {};
  for (const p of pairs) { sums[p.source] = (sums[p.source] || 0) + p.n; sums[p.target] = (sums[p.target] || 0) + p.n; }
  const top = Object.entries(sums).sort((a, b) => b[1] - a[1]).slice(0, innerWidth < 700 ? 9 : 18).map(([c]) => c);
  const cells = pairs.filter((p) => top.includes(p.source) && top.includes(p.target));
  const draw = (width, height) => Plot.plot({ ...frame(width, height), marginTop: 26, marginBottom: 6, x: { domain: top, axis: "top", label: null, tickSize: 0 }, y: { domain: top, label: null, tickSize: 0 }, color: { type: "diverging", domain: [-8, 8], range: [css("--q4"), css("--land"), css("--q2")], interpolate: "rgb", clamp: true },
    marks: [Plot.cell(cells, { x: "target", y: "source", fill: "score", inset: 1, rx: 2, href: link, title: (p) => `${country(p.source)} → ${country(p.target)}: ${p.n} events, mean score ${signed(p.score)}` }), Plot.text(cells, { x: "target", y: "source", text: (p) => short(p.n), fontSize: top.length > 12 ? 10 : 9, fill: css("--ink"), pointerEvents: "none" })] });
  return html`<figure><figcaption><b>Who to whom</b> <span>rows act on columns: number of events, coloured by their mean score</span></figcaption><${Chart} draw=${draw} height=${Math.max(220, top.length * 30 + 40)} of=${[pairs]} label="Matrix of the most active countries" /></figure>`;
}

export function World({ params }) {
  const { data, error } = useApi("world?" + query({ since: params.since, until: params.until }));
  const submit = (e) => { e.preventDefault(); go("world", Object.fromEntries(new FormData(e.target))); };
  return html`<div class="wide"><h1>World</h1><form class="filters" onSubmit=${submit} key=${data?.since + data?.until}><${Field} name="since" label="From" value=${params.since || data?.since} /><${Field} name="until" label="To" value=${params.until || data?.until} /><button>Show</button></form>
    <${Failed} error=${error} />${data && html`${data.pairs.length ? html`<${WorldMap} pairs=${data.pairs} places=${data.places} />
      <div class="columns"><${Matrix} pairs=${data.pairs} /><div><h2>Busiest pairs</h2><ol class="ranks">${data.pairs.slice(0, 8).map((p) => html`<li><a href=${link(p)}>${country(p.source)} → ${country(p.target)}</a><span>${p.n.toLocaleString("en")}</span><i class=${p.score < -0.05 ? "bad" : p.score > 0.05 ? "good" : ""}>${signed(p.score)}</i></li>`)}</ol>
      <h2>Moving most</h2><p class="note">${data.until} beside the mean month of the year before it.</p><ol class="ranks">${data.movers.slice(0, 8).map((m) => html`<li><a href=${link(m)}>${country(m.source)} → ${country(m.target)}</a><span>${m.now} <small>usually ${m.usual.toFixed(1)}</small></span><i>${m.now >= m.usual ? "▲" : "▼"}</i></li>`)}</ol></div></div>` : html`<p class="empty">No events between two countries in this time.</p>`}`}</div>`;
}
