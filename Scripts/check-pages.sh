#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Opens the atlas page in headless Chromium and uses it: filter, verdict, sorting by keyboard, no
# network, no error, at phone and desktop width. Usage: Scripts/check-pages.sh [index.html]
set -eu
page=${1:-Reports/index.html}
chromium=$(command -v chromium || command -v chromium-browser) || {
  echo "error: there is no chromium" >&2
  exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The page with a probe before </body>: what it finds becomes text that --dump-dom prints.
sed '$d' "$page" | sed '$d' > "$work/index.html"
cat >> "$work/index.html" <<'PROBE'
<pre id="probe"></pre>
<script>
(() => {
  const out = [], rows = () => Array.from(document.querySelectorAll("#atlas tbody tr"));
  const shown = () => rows().filter(r => !r.hidden).length, total = rows().length;
  const check = (name, ok) => out.push((ok ? "ok " : "FAILED ") + name);
  window.addEventListener("error", e => check("script error " + e.message, false));
  check("rows " + total, total > 0 && shown() === total);
  const filter = document.getElementById("filter");
  filter.value = rows()[0].cells[0].textContent.trim();
  filter.dispatchEvent(new Event("input"));
  check("filter", shown() >= 1 && (shown() < total || total === 1));
  filter.value = "no such words anywhere"; filter.dispatchEvent(new Event("input"));
  check("empty filter", shown() === 0);
  filter.value = ""; filter.dispatchEvent(new Event("input"));
  const verdict = document.getElementById("verdict"), wanted = rows()[0].dataset.verdict;
  verdict.value = wanted; verdict.dispatchEvent(new Event("change"));
  check("verdict", shown() === rows().filter(r => r.dataset.verdict === wanted).length);
  verdict.value = ""; verdict.dispatchEvent(new Event("change"));
  const button = document.querySelector("#atlas th button");
  button.focus();
  check("focus", document.activeElement === button);
  const names = () => rows().map(r => r.cells[0].textContent);
  button.click();
  check("ascending", names().join() === names().slice().sort().join());
  button.click();
  check("descending", names().join() === names().slice().sort().reverse().join());
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.getAttribute("href").slice(1)))
      check("link " + link.getAttribute("href"), false);
  check("figures", document.querySelectorAll("figure svg title").length ===
    document.querySelectorAll("figure svg").length);
  check("nothing loaded", performance.getEntriesByType("resource").length === 0);
  check("width " + innerWidth, document.documentElement.scrollWidth <= innerWidth);
  document.getElementById("probe").textContent = out.join("\n");
})();
</script>
</body>
</html>
PROBE
for width in 500 1280; do
  "$chromium" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --window-size=$width,900 \
    --virtual-time-budget=3000 --dump-dom "file://$work/index.html" 2>/dev/null |
    sed -n '/<pre id="probe">/,/<\/pre>/p' | sed 's/<[^>]*>//g' > "$work/found"
  cat "$work/found"
  if ! grep -q '^ok nothing loaded' "$work/found" || grep -q FAILED "$work/found"; then
    echo "error: $page does not work at width $width" >&2
    exit 1
  fi
done
echo "$page: works at phone and desktop width"
