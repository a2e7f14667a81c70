import { html, api, useApi, Failed, STATUSES, TYPES, when } from "./common.js";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Choice, Field } from "./search.js";

// Spans count code points, strings count UTF-16 units: all cutting is done on an array of code points.
function pieces(points, [from, to], marks) {
  const cuts = [...new Set([from, to, ...marks.flatMap((m) => [m.start, m.end]).filter((c) => c > from && c < to)])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => ({ text: points.slice(start, cuts[i + 1]).join(""), on: marks.filter((m) => m.start <= start && m.end >= cuts[i + 1]) }));
}

function marksOf(coded, active) {
  const marks = [];
  const add = (span, kind, extra) => span && marks.push({ start: span[0], end: span[1], kind, ...extra });
  for (const actor of coded.actors) for (const m of actor.mentions) add(m, "actor", { title: [actor.name, actor.country, actor.role].filter(Boolean).join(" · ") });
  for (const s of coded.statements) for (const c of s.content) add(c, "said", { title: `${s.speaker_text} ${s.stance}` });
  coded.events.forEach((e, i) => add(e.spans.trigger, "trigger", { event: i, title: e.type.toLowerCase() }));
  const event = coded.events[active];
  if (event) {
    add(event.spans.sentence, "here");
    add(event.spans.trigger, "f-act");
    event.spans.sources.forEach((s) => add(s, "f-source"));
    event.spans.targets.forEach((s) => add(s, "f-target"));
    add(event.spans.date, "f-date");
    add(event.spans.place, "f-place");
  }
  return marks;
}

function Body({ coded, active, pick }) {
  const points = useMemo(() => Array.from(coded.article.text), [coded]);
  const marks = marksOf(coded, active);
  let start = 0;
  return coded.article.text.split("\n\n").map((part) => {
    const from = start, to = start + Array.from(part).length;
    start = to + 2;
    const near = marks.filter((m) => m.start < to && m.end > from);
    return html`<p>${pieces(points, [from, to], near).map(({ text, on }) => {
      if (!on.length) return text;
      const trigger = on.find((m) => m.kind === "trigger");
      const kinds = [...new Set(on.map((m) => m.kind))].join(" ");
      const title = on.map((m) => m.title).filter(Boolean).join("; ");
      return trigger ? html`<mark class=${kinds} title=${title} onClick=${() => pick(trigger.event)}>${text}</mark>` : html`<mark class=${kinds} title=${title}>${text}</mark>`;
    })}</p>`;
  });
}

const side = (parties, actors) => parties.length ? parties.map((p) => (actors.find((a) => a.id === p.actor)?.name || p.text) + (p.country ? ` (${[p.country, ...p.sectors].join(" ")})` : "")).join("; ") : "nobody named";

function Edit({ event, coded, save, stop }) {
  const box = useRef();
  useEffect(() => box.current.querySelector("select").focus(), []);
  const submit = (e) => { e.preventDefault(); const given = Object.fromEntries([...new FormData(e.target)].filter(([, v]) => v)); if (Object.keys(given).some((k) => k !== "note")) save("edit", given); };
  return html`<form class="edit" ref=${box} onSubmit=${submit} onKeyDown=${(e) => { e.stopPropagation(); if (e.key === "Escape") stop(); }}>
    <p class="note">Fill in only what is wrong.</p>
    <${Choice} name="type" label=${`What (${event.type})`} options=${TYPES} /><${Choice} name="status" label=${`Status (${event.status})`} options=${STATUSES} />
    <${Field} name="source" label="Who" placeholder=${side(event.sources, coded.actors)} /><${Field} name="target" label="To whom" placeholder=${side(event.targets, coded.actors)} />
    <${Field} name="date" label="When" placeholder=${event.date?.start || "no date"} pattern="\\d{4}(-\\d\\d){0,2}" /><${Field} name="place" label="Where" placeholder=${event.place?.name || "no place"} />
    <${Field} name="note" label="Note" /><div><button>Save</button> <button type="button" class="plain" onClick=${stop}>Cancel</button></div></form>`;
}

function Card({ event, coded, on, pick, review, editing, setEditing }) {
  const ref = useRef();
  useEffect(() => {
    // Only the column of cards scrolls by itself; on a phone the page stays where the reader is.
    const column = ref.current.closest("aside");
    if (on && column.scrollHeight > column.clientHeight) { const top = ref.current.offsetTop - column.offsetTop; if (top < column.scrollTop || top + 140 > column.scrollTop + column.clientHeight) column.scrollTop = top - 60; }
  }, [on]);
  const said = coded.statements.find((s) => s.id === event.attribution);
  const last = event.reviews.at(-1);
  const changed = last?.verdict === "edit" ? Object.entries(last.changes).map(([k, v]) => `${k}: ${v}`).join(", ") : "";
  return html`<li ref=${ref} class="card q${event.quad} ${on ? "on" : ""} ${last ? "v-" + last.verdict : ""}" onMouseEnter=${() => !editing && pick(null, event)}>
    <button class="face" aria-pressed=${on} onClick=${() => pick(coded.events.indexOf(event))}>
      <span class="type">${event.type.toLowerCase()}${event.mode ? " · " + event.mode : ""}</span>
      <span class="who"><b class="f-source">${side(event.sources, coded.actors)}</b> → <b class="f-target">${side(event.targets, coded.actors)}</b></span>
      <span class="facts"><time>${when(event.date?.start, event.date?.end)}</time>${event.place && html`<span>${event.place.name}</span>`}<span class="status s-${event.status}">${event.status.replace("_", " ")}</span><span>${Math.round(event.confidence * 100)}% sure</span></span>
      <span class="says">${said ? `says ${said.speaker_text}${said.chain.length > 1 ? " — " + said.chain.join(" ← ") : ""}` : `says ${coded.article.outlet || coded.article.agency || "the outlet itself"}`}</span>
    </button>
    ${last && html`<p class="verdict">${last.verdict}ed${changed && ` (${changed})`}</p>`}
    ${on && html`<div class="buttons"><button onClick=${() => review("accept")}>Accept <kbd>a</kbd></button><button onClick=${() => review("reject")}>Reject <kbd>r</kbd></button><button onClick=${() => setEditing(!editing)}>Edit <kbd>e</kbd></button></div>
      ${editing && html`<${Edit} event=${event} coded=${coded} save=${review} stop=${() => setEditing(false)} />`}
      <details class="why"><summary>Why?</summary><dl>${event.why.map((w) => html`<dt>${w.field}</dt><dd>${w.value}${w.because && html`<small>${w.because}</small>`}</dd>`)}</dl></details>`}
  </li>`;
}

export function Article({ short, params }) {
  const { data, error } = useApi("articles/" + short);
  const [coded, set] = useState(null);
  const [active, setActive] = useState(0);
  const [hover, setHover] = useState(null);
  const [editing, setEditing] = useState(false);
  const [failed, setFailed] = useState(null);
  useEffect(() => { if (data) { set(data); setActive(Math.max(0, data.events.findIndex((e) => e.id === params.event))); } }, [data, params.event]);
  const pick = (index, over) => { if (index === null) setHover(coded.events.indexOf(over)); else { setHover(null); setActive(index); setEditing(false); } };
  const review = async (verdict, changes = {}) => {
    const event = coded.events[active];
    try {
      const row = await api(`events/${event.event}/corrections`, { verdict, ...changes });
      set((now) => ({ ...now, events: now.events.map((e) => (e.event === event.event ? { ...e, reviews: [...e.reviews, row] } : e)) }));
      setEditing(false); setFailed(null); setHover(null);
      setActive((now) => Math.min(now + 1, coded.events.length - 1));
    } catch (problem) { setFailed(problem); }
  };
  useEffect(() => {
    const key = (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || /INPUT|SELECT|TEXTAREA/.test(e.target.tagName) || !coded?.events.length) return;
      const n = coded.events.length;
      const act = { j: () => pick(Math.min(active + 1, n - 1)), k: () => pick(Math.max(active - 1, 0)), a: () => review("accept"), r: () => review("reject"), e: () => setEditing(true), Escape: () => setEditing(false) }[e.key];
      if (act) { e.preventDefault(); act(); }
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  if (error) return html`<${Failed} error=${error} />`;
  if (!coded) return html`<p class="note">Opening…</p>`;
  const a = coded.article;
  const furniture = a.blocks.filter((b) => !b.text_span);
  const done = coded.events.filter((e) => e.reviews.length).length;
  return html`<div class="reading">
    <article><p class="kicker">${[a.outlet, a.agency, a.section].filter(Boolean).join(" · ")}</p><h1>${a.headline || "Without a headline"}</h1>
      ${a.standfirst && html`<p class="standfirst">${a.standfirst}</p>`}
      <p class="byline">${[a.authors.join(", "), a.published?.replace("T", " ")].filter(Boolean).join(" · ")} ${/^https?:/.test(a.url || "") && html`<a href=${a.url} rel="noreferrer noopener">original</a>`} <a href=${"#/story/" + short}>told elsewhere</a></p>
      <div class="body"><${Body} coded=${coded} active=${hover ?? active} pick=${pick} /></div>
      ${coded.skipped && html`<p class="note">Kept, not coded: ${coded.skipped}</p>`}
      ${furniture.length > 0 && html`<details class="furniture"><summary>The rest of the page: ${furniture.length} blocks</summary><dl>${furniture.map((b) => html`<dt>${b.kind.replace("_", " ")}</dt><dd>${b.text}<small>${b.because}</small></dd>`)}</dl></details>`}
    </article>
    <aside aria-label="Events"><div class="tools"><h2>${coded.events.length} events</h2><span>${done} reviewed</span><p class="keys"><kbd>j</kbd> <kbd>k</kbd> next, back</p></div><${Failed} error=${failed} />
      <ol class="cards" onMouseLeave=${() => setHover(null)}>${coded.events.map((event, i) => html`<${Card} key=${event.id} event=${event} coded=${coded} on=${i === active} pick=${pick} review=${review} editing=${editing && i === active} setEditing=${setEditing} />`)}</ol></aside></div>`;
}
