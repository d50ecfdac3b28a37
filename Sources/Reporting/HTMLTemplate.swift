// SPDX-License-Identifier: Apache-2.0

/// The frame of the atlas page: style, table controls and script, all inline.
enum HTMLTemplate {
  static let title = "<title>Provably: atlas of claims</title>"

  static func page(introduction: String, legend: String, rows: String, articles: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    \(title)
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    <header id="top">
    <h1>Atlas of claims</h1>
    <p>\(introduction)</p>
    <p class="muted">\(legend)</p>
    </header>
    <form id="controls" role="search">
    <label>Filter <input id="filter" type="search" autocomplete="off" \
    placeholder="claim, kind or finding"></label>
    <label>Verdict <select id="verdict"><option value="">all</option>\
    <option>consistent</option><option>not violated</option>\
    <option>inconsistent</option><option>inconclusive</option></select></label>
    <output id="count" aria-live="polite"></output>
    </form>
    <div class="scroll" tabindex="0"><table id="atlas" class="texts">
    <thead><tr>\(["claim", "kind", "verdict", "finding"].map {
      "<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">\($0)</button></th>"
    }.joined())</tr></thead>
    <tbody>
    \(rows)</tbody></table></div>
    \(articles)</main>
    <script>
    \(script)
    </script>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { --paper: #ffffff; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --link: #0550ae;
      --soft: #f6f8fa; }
    @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3;
      --muted: #9198a1; --line: #30363d; --link: #79b8ff; --soft: #161b22; } }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .6rem; }
    h1 { margin-top: .5rem; font-size: 1.9rem; } h2 { font-size: 1.5rem; } h3 { font-size: 1.2rem; }
    article { border-top: 2px solid var(--line); margin-top: 3rem; }
    a { color: var(--link); }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .muted, figcaption { color: var(--muted); font-size: .9rem; }
    .finding { border-left: 4px solid var(--line); padding: .2rem 0 .2rem .9rem; }
    figure { margin: 1.2rem 0; } figure svg { max-width: 100%; height: auto; display: block; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .8rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .4rem .6rem;
      border-bottom: 1px solid var(--line); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    th button { all: unset; cursor: pointer; font-weight: 600; }
    th button:focus-visible { outline: 2px solid var(--link); }
    th[aria-sort="ascending"] button::after { content: " \\2191"; }
    th[aria-sort="descending"] button::after { content: " \\2193"; }
    form { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; margin: 1rem 0; }
    input, select { font: inherit; color: inherit; background: var(--soft);
      border: 1px solid var(--muted); border-radius: 6px; padding: .25rem .5rem; max-width: 100%; }
    pre { background: var(--soft); padding: .8rem; overflow-x: auto; border-radius: 6px; }
    code { font: .88em ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
    @media (max-width: 40rem) {
      table.texts, .texts tbody, .texts tr, .texts td { display: block; }
      .texts thead tr { display: flex; flex-wrap: wrap; gap: 0 .8rem; }
      .texts th { border: 0; padding: .2rem 0; }
      .texts tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
      .texts td { border: 0; padding: .1rem 0; }
      .texts tr[hidden] { display: none; }
    }
    @media print { form { display: none; } article { break-before: page; } }
    """

  private static let script = """
    "use strict";
    const table = document.getElementById("atlas"), body = table.tBodies[0];
    const filter = document.getElementById("filter"), verdict = document.getElementById("verdict");
    function show() {
      const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let shown = 0;
      for (const row of body.rows) {
        const text = row.textContent.toLowerCase();
        const fits = words.every(w => text.includes(w)) &&
          (!verdict.value || row.dataset.verdict === verdict.value);
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      document.getElementById("count").textContent = shown + " of " + body.rows.length + " claims";
    }
    table.tHead.querySelectorAll("button").forEach((button, column) => {
      button.addEventListener("click", () => {
        const head = button.parentElement;
        const up = head.getAttribute("aria-sort") !== "ascending";
        table.tHead.querySelectorAll("th").forEach(h => h.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = Array.from(body.rows);
        rows.sort((a, b) => a.cells[column].textContent < b.cells[column].textContent ? -1 :
          a.cells[column].textContent > b.cells[column].textContent ? 1 : 0);
        if (!up) rows.reverse();
        rows.forEach(row => body.appendChild(row));
      });
    });
    filter.addEventListener("input", show);
    verdict.addEventListener("change", show);
    document.getElementById("controls").addEventListener("submit", e => e.preventDefault());
    show();
    """
}
