"""A picture of a few bars, as SVG."""

from html import escape

ROW, BAR, LEFT, WIDTH = 46, 16, 230, 520
COLOURS = ("#2f6f9f", "#d0892b")


def bars(title, legend, rows):
    """Two bars for each row (name, value, value), on a scale of square roots: the slowest is fifty times the fastest."""
    rows = [row for row in rows if None not in row]
    most = max((max(values) for _, *values in rows), default=1) ** 0.5
    height = 70 + ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {height}" font-family="sans-serif" font-size="14">',
        f'<rect width="100%" height="100%" fill="white"/><text x="12" y="24" font-size="16">{escape(title)}</text>',
    ]
    for place, (name, colour) in enumerate(zip(legend, COLOURS)):
        x = LEFT + place * 130
        parts.append(f'<rect x="{x}" y="38" width="12" height="12" fill="{colour}"/><text x="{x + 18}" y="49">{escape(name)}</text>')
    for number, (name, *values) in enumerate(rows):
        y = 62 + ROW * number
        parts.append(f'<text x="{LEFT - 10}" y="{y + 21}" text-anchor="end">{escape(name)}</text>')
        for place, (value, colour) in enumerate(zip(values, COLOURS)):
            top, length = y + place * (BAR + 2), WIDTH * value**0.5 / most
            parts.append(f'<rect x="{LEFT}" y="{top}" width="{length:.0f}" height="{BAR}" fill="{colour}"/>')
            parts.append(f'<text x="{LEFT + length + 6:.0f}" y="{top + 13}" font-size="12">{value:,.1f}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
