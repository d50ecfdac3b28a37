# SPDX-License-Identifier: Apache-2.0
"""The two figures of the report as SVG text, readable on light and on dark paper.

Colors are those of Okabe and Ito, each with a marker of its own and a label at the right end. What
changes with the theme is neutral only. Coordinates have one decimal, so the text is deterministic.
"""

import math
from dataclasses import dataclass

COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]
STYLE = """<style>
.paper{fill:#fff} .ink{fill:#1f2328} .muted{fill:#59636e} .grid{stroke:#d1d9e0} .axis{stroke:#59636e} .theory{stroke:#59636e} .halo{stroke:#fff} .hollow{fill:#fff}
@media (prefers-color-scheme: dark){ .paper{fill:#0d1117} .ink{fill:#e6edf3} .muted{fill:#9198a1} .grid{stroke:#30363d} .axis{stroke:#9198a1} .theory{stroke:#9198a1} .halo{stroke:#0d1117} .hollow{fill:#0d1117} }
.num{font-variant-numeric:tabular-nums}
</style>"""


@dataclass
class Series:
    """One solver in one panel."""

    name: str
    color: int
    points: list[tuple[float, float]]
    gave_up: list[float]  # the sizes without a right answer in time


@dataclass
class Panel:
    """One family."""

    title: str
    setting: str
    series: list[Series]


class Scale:
    """A logarithmic axis."""

    def __init__(self, low: float, high: float, start: float, end: float):
        self.low, self.high = math.log10(low), math.log10(high)
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    @property
    def decades(self) -> list[int]:
        return list(range(math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9) + 1))


def opening(width: int, height: int, identifier: str, title: str, description: str) -> list[str]:
    """The head of a figure."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{identifier}-t {identifier}-d" '
        "font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\" "
        'font-size="13">',
        "<!-- SPDX-License-Identifier: Apache-2.0 -->",
        f'<title id="{identifier}-t">{title}</title>',
        f'<desc id="{identifier}-d">{description}</desc>', STYLE,
        f'<rect class="paper" width="{width}" height="{height}" fill="#fff"/>',
    ]


def text(x, y, content, kind="ink", size=None, anchor=None, weight=None) -> str:
    """A line of text."""
    extra = f' font-size="{size}"' if size else ""
    extra += f' text-anchor="{anchor}"' if anchor else ""
    extra += f' font-weight="{weight}"' if weight else ""
    color = "#1f2328" if kind == "ink" else "#59636e"
    return f'<text class="{kind}" fill="{color}" x="{x:.1f}" y="{y:.1f}"{extra}>{content}</text>'


def power(decade: int) -> str:
    """A decade as 10 with an exponent."""
    sign = "−" if decade < 0 else ""
    return f'10<tspan dy="-5" font-size="9">{sign}{abs(decade)}</tspan>'


def line(x1, y1, x2, y2, kind="grid", dash="", width=1) -> str:
    """A straight line of a neutral color."""
    color = {"grid": "#d1d9e0", "axis": "#59636e", "theory": "#59636e"}[kind]
    extra = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line class="{kind}" stroke="{color}" stroke-width="{width}" x1="{x1:.1f}" y1="{y1:.1f}" '
        f'x2="{x2:.1f}" y2="{y2:.1f}"{extra}/>')


def marker(index: int, x: float, y: float, hollow: bool = False) -> str:
    """The marker of a series: circle, triangle, square, diamond."""
    color = COLORS[index]
    shape = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"',
        f'<path d="M{x:.1f},{y - 4.8:.1f}l4.5,8h-9z"',
        f'<path d="M{x - 3.3:.1f},{y - 3.3:.1f}h6.6v6.6h-6.6z"',
        f'<path d="M{x:.1f},{y - 4.6:.1f}l4.6,4.6l-4.6,4.6l-4.6,-4.6z"',
    ][index]
    if hollow:
        return f'{shape} class="hollow" fill="#fff" stroke="{color}" stroke-width="1.5"/>'
    return f'{shape} fill="{color}" class="halo" stroke="#fff" stroke-width="1"/>'


def axes(x: Scale, y: Scale, x_name: str, y_name: str) -> list[str]:
    """Horizontal grid, the x axis with ticks, and names at the ends."""
    parts = []
    for decade in y.decades:
        at = y(10.0**decade)
        parts.append(line(x.start, at, x.end, at))
        parts.append(text(x.start - 6, at + 4, power(decade), "muted num", 11, "end"))
    for decade in x.decades:
        at = x(10.0**decade)
        parts.append(line(at, y.start, at, y.start + 5, "axis"))
        parts.append(text(at, y.start + 19, power(decade), "muted num", 11, "middle"))
    parts.append(line(x.start, y.start, x.end, y.start, "axis"))
    if x_name:
        parts.append(text(x.end, y.start + 35, x_name, size=12, anchor="end"))
    if y_name:
        parts.append(text(x.start - 30, y.end - 10, y_name, size=12))
    return parts


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near the wanted ones, at least `gap` apart, within the limits."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [max(low, min(high, wanted[i])) for i in order]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    limit = high
    for i in reversed(range(len(places))):
        places[i] = min(places[i], limit)
        limit = places[i] - gap
    result = [0.0] * len(wanted)
    for i, place in zip(order, places):
        result[i] = place
    return result


def time_figure(panels: list[Panel]) -> str:
    """Small multiples: seconds against entries of P, one panel a family."""
    panels = [panel for panel in panels if panel.series]
    points = [p for panel in panels for s in panel.series for p in s.points]
    if not points:
        return "\n".join(opening(640, 80, "time", "No results", "No results.")) + "\n</svg>\n"
    sizes = [x for x, _ in points] + [
        x for panel in panels for s in panel.series for x in s.gave_up]
    times = [y for _, y in points]
    x_range = (10.0 ** math.floor(math.log10(min(sizes))), max(sizes) * 1.3)
    y_range = (10.0 ** math.floor(math.log10(min(times))), 10.0 ** math.ceil(math.log10(max(times))))
    columns, width, height, top = 3, 320, 290, 66
    count = (len(panels) + columns - 1) // columns
    slower = [leader_ratio(panel) for panel in panels]
    known = [r for r in slower if r is not None]
    title = "Time to certified values, against the size of the model"
    if known and min(known) >= 1:
        title = f"On the largest models Provably leads by {rounded(min(known))} to {rounded(max(known))} ×"
    parts = opening(
        columns * width, top + count * height + 6, "time", title,
        "Log-log small multiples, one a family: seconds of a solve to sup-norm error 1e-6 against "
        "the stored entries of P; medians; one line a package, its fastest method that is right.")
    parts.append(text(16, 24, title, size=15, weight=600))
    parts.append(text(
        16, 43, "seconds of one solve, sup-norm error ≤ 10⁻⁶; hollow ⇡: no right answer in time",
        "muted"))
    for number, panel in enumerate(panels):
        left = number % columns * width
        base = top + number // columns * height
        x = Scale(*x_range, left + 44, left + 222)
        y = Scale(*y_range, base + 224, base + 50)
        parts.append(text(left + 16, base + 16, panel.title, weight=600))
        parts.append(text(left + 16, base + 32, panel.setting, "muted", 11))
        is_first, is_last = number % columns == 0, number + columns >= len(panels)
        parts += axes(x, y, "entries of P →" if is_last else "", "")
        parts.append(text(left + 44 + 6, base + 46, "↑ s", "muted", 11) if is_first else "")
        parts += panel_lines(panel, x, y)
    return "\n".join(part for part in parts if part) + "\n</svg>\n"


def rounded(ratio: float) -> str:
    """A ratio with two digits."""
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:.0f}"


def leader_ratio(panel: Panel) -> float | None:
    """The best rival over ours at the greatest size that both solved."""
    ours = next((dict(s.points) for s in panel.series if s.color == 0), {})
    for size in sorted(ours, reverse=True):
        rivals = [dict(s.points)[size] for s in panel.series if s.color and size in dict(s.points)]
        if rivals:
            return min(rivals) / ours[size]
    return None


def panel_lines(panel: Panel, x: Scale, y: Scale) -> list[str]:
    """The guide, the lines, the markers and the labels of a panel."""
    parts = []
    ours = next((s.points for s in panel.series if s.color == 0 and s.points), None)
    if ours:
        (x0, y0), x1 = ours[0], ours[-1][0]
        # The guide ends where the panel does.
        x1 = min(x1, x0 * 10.0**y.high / y0)
        parts.append(line(x(x0), y(y0), x(x1), y(y0 * x1 / x0), "theory", "6 4", 1.5))
    labels = []
    for series in panel.series:
        if series.points:
            path = "L".join(f"{x(a):.1f},{y(b):.1f}" for a, b in series.points)
            parts.append(
                f'<path d="M{path}" fill="none" stroke="{COLORS[series.color]}" stroke-width="2" '
                'stroke-linejoin="round" stroke-linecap="round"/>')
        end = y(series.points[-1][1]) if series.points else y.end
        labels.append((series, end))
    for place, series in enumerate(panel.series):
        for size in series.gave_up:
            # Side by side, so that two solvers that gave up are both seen.
            at = x(size) + 9 * (place - len(panel.series) / 2)
            parts.append(line(at, y.end + 2, at, y.end - 6, "axis"))
            parts.append(marker(series.color, at, y.end + 6, hollow=True))
    for series in reversed(panel.series):
        parts += [marker(series.color, x(a), y(b)) for a, b in series.points]
    for (series, _), at in zip(labels, spread([a for _, a in labels], 15, y.end, y.start - 4)):
        parts.append(marker(series.color, x.end + 12, at))
        parts.append(text(x.end + 20, at + 4, series.name, size=11))
    return parts


def interpolated(roof: list[tuple[float, float]], size: float) -> float:
    """The roof at a size, linear between the logarithms of its points."""
    roof = sorted(roof)
    if size <= roof[0][0]:
        return roof[0][1]
    for (x0, y0), (x1, y1) in zip(roof, roof[1:]):
        if size <= x1:
            share = math.log(size / x0) / math.log(x1 / x0)
            return y0 * (y1 / y0) ** share
    return roof[-1][1]


def span(values: list[float]) -> str:
    """The least and the greatest of some percentages."""
    low, high = f"{min(values):.0f}", f"{max(values):.0f}"
    return low if low == high else f"{low}–{high}"


def bandwidth_figure(
    roofs: dict[int, list[tuple[float, float]]], dense: list[tuple[float, float]],
    sparse: list[tuple[float, float]],
) -> str:
    """The roofline: GB/s of our sweeps against the bytes they read."""
    every = [p for roof in roofs.values() for p in roof] + dense + sparse
    if not dense and not sparse or not roofs.get(2):
        return "\n".join(opening(640, 80, "bandwidth", "No results", "No results.")) + "\n</svg>\n"
    x = Scale(min(a for a, _ in every) / 1.2, max(a for a, _ in every) * 1.2, 64, 508)
    low = 10.0 ** math.floor(math.log10(min(b for _, b in every)))
    y = Scale(low, max(b for _, b in every) * 1.2, 352, 76)
    shares = [
        [100 * speed / interpolated(roofs[2], size) for size, speed in points]
        for points in (dense, sparse)]
    reached = [
        f"{name} {span(values)} %" for name, values in zip(("dense", "sparse"), shares) if values]
    title = f"Full sweeps: {', '.join(reached)} of the read bandwidth"
    parts = opening(
        640, 400, "bandwidth", title,
        "Log-log: gigabytes of P a second in one sweep against the bytes of P; dashed: the read "
        "bandwidth of the machine at that working set, with one and with two threads.")
    parts.append(text(64, 20, title, size=15, weight=600))
    parts.append(text(
        64, 38, "one sweep over all choices; dashed: the machine's read bandwidth", "muted"))
    parts += axes(x, y, "bytes of P →", "↑ GB/s")
    labels = []
    for threads, roof_points in sorted(roofs.items()):
        path = "L".join(f"{x(a):.1f},{y(b):.1f}" for a, b in roof_points)
        parts.append(
            f'<path class="theory" d="M{path}" fill="none" stroke="#59636e" stroke-width="1.5" '
            f'stroke-dasharray="{"6 4" if threads == 2 else "1.5 4"}"/>')
        labels.append((None, f"{threads} thread" + ("s" if threads > 1 else ""),
                       y(roof_points[-1][1])))
    for index, (name, points) in enumerate([("dense", dense), ("sparse", sparse)]):
        parts += [marker(index, x(a), y(b)) for a, b in points]
        if points:
            labels.append((index, f"{name} rows", y(points[-1][1])))
    places = spread([at for _, _, at in labels], 17, y.end, y.start - 4)
    for (index, name, _), at in zip(labels, places):
        if index is None:
            dash = "6 4" if name.startswith("2") else "1.5 4"
            parts.append(line(x.end + 6, at, x.end + 24, at, "theory", dash, 1.5))
        else:
            parts.append(marker(index, x.end + 15, at))
        parts.append(text(x.end + 30, at + 4, name))
    return "\n".join(parts) + "\n</svg>\n"
