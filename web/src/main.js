import "./style.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { html } from "./common.js";
import { Article } from "./article.js";
import { Search } from "./search.js";
import { Home, Inbox, Stories, Story } from "./views.js";

// Charts and shapes of countries are fetched with the first view that draws.
let charts = null;
function Drawn({ name, params }) {
  const [ready, set] = useState(charts);
  useEffect(() => { if (!ready) import("./charts.js").then((found) => set((charts = found))); }, []);
  return ready ? html`<${ready[name]} params=${params} />` : html`<div class="wide"><h1>${name}</h1><div class="waiting"></div></div>`;
}
const World = (props) => html`<${Drawn} name="World" ...${props} />`;
const Dyad = (props) => html`<${Drawn} name="Dyad" ...${props} />`;

const VIEWS = [["search", "Search"], ["world", "World"], ["dyad", "Dyad"], ["stories", "Stories"], ["inbox", "Inbox"]];

function read() {
  const [path, tail = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/"), params: Object.fromEntries(new URLSearchParams(tail)) };
}

function View({ path: [view, id], params }) {
  if (view === "article") return html`<${Article} short=${id} params=${params} key=${id} />`;
  if (view === "story") return html`<${Story} short=${id} key=${id} />`;
  const found = { search: Search, world: World, dyad: Dyad, stories: Stories, inbox: Inbox }[view] || Home;
  return html`<${found} params=${params} />`;
}

function Desk() {
  const [at, set] = useState(read);
  useEffect(() => { const on = () => { set(read()); scrollTo(0, 0); }; addEventListener("hashchange", on); return () => removeEventListener("hashchange", on); }, []);
  return html`<a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); document.getElementById("main").focus(); }}>To the content</a>
    <header><a class="name" href="#/">quidnunc</a><nav aria-label="Views">${VIEWS.map(([v, label]) => html`<a href=${"#/" + v} aria-current=${at.path[0] === v ? "page" : null}>${label}</a>`)}</nav></header>
    <main id="main" tabindex="-1"><${View} ...${at} /></main>
    <footer>Places: GeoNames, CC BY 4.0. Event types: PLOVER, CC BY-SA 4.0. Shapes: Natural Earth. <a href="/api/openapi.json">API</a></footer>`;
}

render(html`<${Desk} />`, document.getElementById("desk"));
