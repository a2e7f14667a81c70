import { html, api, useApi, Failed, STATUSES, TYPES, when, plural, author, setAuthor } from "./common.js";
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
      return trigger ? html`<mark class=${kinds} title=${title} onClick=${() => { pick(trigger.event); if (innerWidth <= 860) document.querySelectorAll(".card")[trigger.event].scrollIntoView({ block: "center" }); }}>${text}</mark>` : html`<mark class=${kinds} title=${title}>${text}</mark>`;
    })}</p>`;
  });
}

const nameOf = (p, coded) => coded.actors.find((a) => a.id === p.actor)?.name || p.text;
const side = (parties, coded) => parties.length ? parties.map((p, i) => html`${i ? "; " : ""}${nameOf(p, coded)}${(p.country || p.sectors.length > 0) && html` <abbr>${[p.country, ...p.sectors].filter(Boolean).join(" ")}</abbr>`}`) : html`<span class="nobody">nobody named</span>`;

// The form holds what is coded; only what differs from it is written. Lists have | between their parts.
const list = (parties, read) => parties.map(read).map((v) => v || "").join(" | ");
const coded_of = (event, coded) => ({
  type: event.type, status: event.status, polarity: event.polarity,
  source_names: list(event.sources, (p) => nameOf(p, coded)), source_countries: list(event.sources, (p) => p.country),
  target_names: list(event.targets, (p) => nameOf(p, coded)), target_countries: list(event.targets, (p) => p.country),
  date_start: event.date?.start || "", date_end: event.date?.end || "", place_name: event.place?.name || "",
});
const shown = (value) => (Array.isArray(value) ? value.map((v) => v || "").join(" | ") : value ?? "");
const now = (event, coded) => event.corrections.reduce((all, c) => (c.action === "change" ? { ...all, [c.field]: shown(c.value) } : all), coded_of(event, coded));
const REQUIRED = ["type", "status", "polarity"];

function Edit({ values, save, stop, adding }) {
  const box = useRef();
  useEffect(() => box.current.querySelector("select").focus(), []);
  const submit = (e) => {
    e.preventDefault();
    const { note, ...given } = Object.fromEntries(new FormData(e.target));
    const changes = Object.fromEntries(Object.entries(given).filter(([k, v]) => v.trim() !== (values[k] || "") && !(REQUIRED.includes(k) && !v)).map(([k, v]) => [k, v.trim() || (k.endsWith("s") ? [] : null)]));
    if (Object.keys(changes).length) save(changes, note); else stop();
  };
  const side = (name, label) => html`<${Field} name=${name + "_names"} label=${label} value=${values[name + "_names"]} required=${adding && name === "source"} /><${Field} name=${name + "_countries"} label="Country codes" value=${values[name + "_countries"]} placeholder="CHN | HUN" />`;
  return html`<form class="edit" ref=${box} onSubmit=${submit} onKeyDown=${(e) => { e.stopPropagation(); if (e.key === "Escape") stop(); }}>
    <p class="note">${adding ? "An event that the coder missed." : "Change what is wrong; the coder's own word is kept."} Put | between several.</p>
    <${Choice} name="type" label="What" options=${TYPES} value=${values.type} none=${adding ? "choose" : null} /><${Choice} name="status" label="Status" options=${STATUSES} value=${values.status} none=${null} />
    ${side("source", "Who")}${side("target", "To whom")}
    <${Field} name="date_start" label="From" value=${values.date_start} placeholder="2024-02-19" pattern="\\d{4}-\\d\\d-\\d\\d" /><${Field} name="date_end" label="To" value=${values.date_end} placeholder="2024-02-19" pattern="\\d{4}-\\d\\d-\\d\\d" />
    <${Field} name="place_name" label="Where" value=${values.place_name} placeholder="no place" /><${Field} name="note" label="Note" />
    <div><button>Save</button> <button type="button" class="plain" onClick=${stop}>Cancel</button></div></form>`;
}

const WORDS = { accept: "accepted", reject: "rejected", change: "changed", add: "added" };
const verdictOf = (corrections) => WORDS[corrections.at(-1)?.action] || "";

function Said({ corrections }) {
  if (!corrections.length) return null;
  return html`<ul class="said-of">${corrections.map((c) => html`<li key=${c.number}><b>${WORDS[c.action]}</b>${c.field && html` ${c.field.replace("_", " ")}: ${shown(c.value) || "nothing"}`} <span>${c.author}${c.note && html`, “${c.note}”`}</span></li>`)}</ul>`;
}

function Card({ event, coded, on, pick, review, editing, setEditing, why, setWhy }) {
  const ref = useRef();
  useEffect(() => {
    // Only the column of cards scrolls by itself; on a phone the page stays where the reader is.
    const column = ref.current.closest("aside");
    if (!on || column.scrollHeight <= column.clientHeight) return;
    const { top, bottom } = ref.current.getBoundingClientRect();
    if (top < 40 || bottom > innerHeight - 10) column.scrollTop += top - innerHeight * 0.3;
  }, [on]);
  const said = coded.statements.find((s) => s.id === event.attribution);
  const verdict = verdictOf(event.corrections);
  return html`<li ref=${ref} class="card q${event.quad} ${on ? "on" : ""} ${verdict && "v-" + verdict}" onMouseEnter=${() => !editing && pick(null, event)}>
    <button class="face" aria-pressed=${on} onClick=${() => pick(coded.events.indexOf(event))}>
      <span class="type">${event.type.toLowerCase()}${event.mode ? " · " + event.mode : ""}</span>
      <span class="who"><b class=${event.sources.length ? "f-source" : ""}>${side(event.sources, coded)}</b> → <b class=${event.targets.length ? "f-target" : ""}>${side(event.targets, coded)}</b></span>
      <span class="facts"><time>${when(event.date?.start, event.date?.end)}</time>${event.place && html`<span>${event.place.name}</span>`}<span class="status s-${event.status}">${event.status.replace("_", " ")}</span><span>${Math.round(event.confidence * 100)}% sure</span></span>
      <span class="says">${said ? `says ${said.speaker_text}${said.chain.length > 1 ? " — " + said.chain.join(" ← ") : ""}` : "in the outlet's own words"}</span>
    </button>
    <${Said} corrections=${event.corrections} />
    ${on && html`<div class="buttons"><button onClick=${() => review("accept")}>Accept <kbd>a</kbd></button><button class="second" onClick=${() => review("reject")}>Reject <kbd>r</kbd></button><button class="second" aria-expanded=${editing} onClick=${() => setEditing(!editing)}>Edit <kbd>e</kbd></button></div>
      ${editing && html`<${Edit} values=${now(event, coded)} save=${(changes, note) => review("change", changes, note)} stop=${() => setEditing(false)} />`}
      <details class="why" open=${why} onToggle=${(e) => setWhy(e.target.open)}><summary>Why? <kbd>w</kbd></summary><dl>${event.why.map((w) => html`<dt>${w.field}</dt><dd>${w.value}${w.because && html` <small>${w.because}</small>`}</dd>`)}</dl></details>`}
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
  // The text follows the coder from event to event; on a phone, where the cards stand below, only a link does.
  useEffect(() => {
    const first = coded && document.querySelector(".body mark.here");
    if (!first || (innerWidth <= 860 && !params.event)) return;
    const { top, bottom } = first.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight - 60) first.scrollIntoView({ block: "center" });
  }, [coded && coded.short, active]);
  // Keys come faster than pictures: what is active is read from here, not from the last drawing.
  const here = useRef(0);
  here.current = active;
  const move = (index) => { here.current = index; setActive(index); };
  const pick = (index, over) => { if (index === null) setHover(coded.events.indexOf(over)); else { setHover(null); move(index); setEditing(false); } };
  const [adding, setAdding] = useState(false);
  const [why, setWhy] = useState(false);
  const [who, setWho] = useState(author);
  const named = () => { if (who.trim()) return who.trim(); setFailed(new Error("Say who reviews first: a name or initials, at the top of the events.")); document.getElementById("reviewer").focus(); };
  const review = async (action, changes = {}, note = null) => {
    const index = here.current, event = coded.events[index], by = named();
    if (!by) return;
    setHover(null);
    if (action !== "change") move(Math.min(index + 1, coded.events.length - 1));
    try {
      const rows = await api(`events/${event.event}/corrections`, { action, author: by, changes, note: note || null });
      set((all) => ({ ...all, events: all.events.map((e) => (e.event === event.event ? { ...e, corrections: [...e.corrections, ...rows] } : e)) }));
      setFailed(null);
      if (action === "change") { setEditing(false); move(Math.min(index + 1, coded.events.length - 1)); }
    } catch (problem) { setFailed(problem); move(index); }
  };
  const add = async (values, note) => {
    const by = named();
    if (!by) return;
    try {
      const row = await api(`articles/${short}/events`, { author: by, values, note: note || null });
      set((all) => ({ ...all, added: [...all.added, { event: row.event, corrections: [row] }] }));
      setAdding(false); setFailed(null);
    } catch (problem) { setFailed(problem); }
  };
  useEffect(() => {
    const key = (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || /INPUT|SELECT|TEXTAREA/.test(e.target.tagName) || !coded) return;
      const n = coded.events.length;
      if (e.key === "n") { e.preventDefault(); setAdding(true); return; }
      if (!n) return;
      const act = { w: () => setWhy((on) => !on), j: () => pick(Math.min(here.current + 1, n - 1)), k: () => pick(Math.max(here.current - 1, 0)), a: () => review("accept"), r: () => review("reject"), e: () => setEditing(true), Escape: () => setEditing(false) }[e.key];
      if (act) { e.preventDefault(); act(); }
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  if (error) return html`<${Failed} error=${error} />`;
  if (!coded) return html`<p class="note">Opening…</p>`;
  const a = coded.article;
  const furniture = a.blocks.filter((b) => !b.text_span);
  const done = coded.events.filter((e) => e.corrections.length).length;
  return html`<div class="reading">
    <article><p class="kicker">${[a.outlet, a.agency, a.section].filter(Boolean).join(" · ")}</p><h1>${a.headline || "Without a headline"}</h1>
      ${coded.page && html`<p class="note">A card on the page of <a href=${"#/article/" + coded.page.short}>${coded.page.headline}</a>.</p>`}
      ${a.standfirst && html`<p class="standfirst">${a.standfirst}</p>`}
      <p class="byline">${[a.authors.join(", "), a.published?.replace("T", " ")].filter(Boolean).map((part) => html`<span>${part}</span>`)} ${/^https?:/.test(a.url || "") && html`<a href=${a.url} rel="noreferrer noopener">original</a>`} ${coded.told_elsewhere > 0 && html`<a href=${"#/story/" + short}>${plural(coded.told_elsewhere, "other report")} of this story</a>`}</p>
      ${coded.events.length > 0 && html`<p class="key" aria-hidden="true"><span class="f-source">who</span><span class="f-act">does what</span><span class="f-target">to whom</span><span class="f-date">when</span><span class="f-place">where</span><span class="said">said</span></p>`}
      <div class="body"><${Body} coded=${coded} active=${hover ?? active} pick=${pick} /></div>
      ${coded.skipped && html`<p class="note">Kept, not coded: ${coded.skipped}</p>`}
      ${furniture.length > 0 && html`<details class="furniture"><summary>The rest of the page: ${plural(furniture.length, "block")}</summary><dl>${furniture.map((b) => html`<dt>${b.kind.replace("_", " ")}</dt><dd>${b.text}<small>${b.because}</small></dd>`)}</dl></details>`}
      ${coded.cards.length > 0 && html`<section class="related"><h2>On the same page</h2><ol class="stories small">${coded.cards.map((c) => html`<li key=${c.short}><a href=${"#/article/" + c.short}>${c.headline || "Without a headline"}</a><div class="facts"><time>${(c.published || "").slice(0, 10)}</time><span>a card, coded by itself</span><span>${plural(c.events, "event")}</span></div></li>`)}</ol></section>`}
      ${coded.statements.length > 0 && html`<details class="furniture"><summary>${plural(coded.statements.length, "statement")}</summary><ol class="quotes">${coded.statements.map((s) => html`<li key=${s.id}><blockquote>${s.content.map(([from, to]) => Array.from(a.text).slice(from, to).join("")).join(" … ")}</blockquote><p class="facts"><b>${s.speaker_text}</b> <span>${s.stance}${s.direct ? ", in so many words" : ""}</span> ${s.chain.length > 1 && html`<span>${s.chain.join(" ← ")}</span>`}</p></li>`)}</ol></details>`}
      ${coded.actors.length > 0 && html`<details class="furniture"><summary>${plural(coded.actors.length, "actor")}</summary><dl>${coded.actors.map((one) => html`<dt>${[one.country, ...one.sectors].filter(Boolean).join(" ") || one.kind}</dt><dd>${one.name}${one.role && html`, ${one.role}`} <small>${one.resolved_by}</small></dd>`)}</dl></details>`}
    </article>
    <aside aria-label="Events"><div class="tools"><h2>${plural(coded.events.length, "event")}</h2><span>${done} reviewed</span><label class="reviewer">by <input id="reviewer" aria-label="Who reviews" placeholder="your name" maxlength="100" value=${who} onInput=${(e) => { setWho(e.target.value); setAuthor(e.target.value); }} /></label></div>
      <p class="keys"><kbd>j</kbd> <kbd>k</kbd> next, back <kbd>a</kbd> <kbd>r</kbd> <kbd>e</kbd> accept, reject, edit <kbd>n</kbd> add</p><${Failed} error=${failed} />
      <ol class="cards" onMouseLeave=${() => setHover(null)}>${coded.events.map((event, i) => html`<${Card} key=${event.id} event=${event} coded=${coded} on=${i === active} pick=${pick} review=${review} editing=${editing && i === active} setEditing=${setEditing} why=${why} setWhy=${setWhy} />`)}
        ${coded.added.map((one) => html`<li class="card own v-${verdictOf(one.corrections)}" key=${one.event}><p class="face"><span class="type">${shown(one.corrections[0].value.type).toLowerCase()}</span><span class="who"><b>${shown(one.corrections[0].value.source_names)}</b> → <b>${shown(one.corrections[0].value.target_names) || "nobody named"}</b></span></p><${Said} corrections=${one.corrections} /></li>`)}</ol>
      ${adding ? html`<div class="card own"><${Edit} adding values=${{ status: "occurred" }} save=${(values, note) => add({ status: "occurred", ...values }, note)} stop=${() => setAdding(false)} /></div>` : html`<button class="plain" onClick=${() => setAdding(true)}>Add an event <kbd>n</kbd></button>`}</aside></div>`;
}
