"""The figures as text: one table a raster, medians, ratios to ours."""

import re
import statistics

BEGIN = "<!-- bench/travel: begin -->"
END = "<!-- bench/travel: end -->"
OURS = "abatis, 1 thread"
OURS_TWICE = "abatis, 2 threads"


def median(runs, what):
    values = [getattr(run, what) for run in runs]
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def rate(cells, seconds):
    """Million cells a CPU second, to two figures that mean something."""
    if seconds is None:
        return "", None
    value = cells / max(seconds, 1e-6) / 1e6
    return (f"{value:,.0f}" if value >= 100 else f"{value:.3g}"), value


def times(ours, theirs):
    return f"{ours / theirs:.1f}" if ours and theirs else ""


def agreement(found):
    if found is None:
        return ""
    text = f"{found['relative']:.1g}"
    return text + (f", {found['unlike']} cells reached by one only" if found["unlike"] else "")


def of_case(case):
    """`case`: title, cells, rows = [(who, [Run], agreement or None)], absent = [(who, why)]."""
    cells = case["cells"]
    figures = {
        name: (rate(cells, median(runs, "search_cpu_s")), rate(cells, median(runs, "cpu_s")))
        for name, runs, _ in case["rows"]
    }
    ours = figures.get(OURS, (("", None), ("", None)))
    lines = [
        f"### {case['title']}",
        "",
        f"Million cells a CPU second, medians of {case['rounds']} interleaved "
        f"round{'s' if case['rounds'] > 1 else ''}. *Times* is ours (one thread, same column) over "
        "theirs. *Apart*: the greatest difference from "
        f"{case['reference']}, as a share of the greatest time.",
        "",
        "| who | search alone | times | whole process | times | wall of the search, s "
        "| peak memory, bytes a cell | apart |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, runs, found in case["rows"]:
        (search, search_value), (whole, whole_value) = figures[name]
        wall = median(runs, "search_wall_s")
        lines.append(
            f"| {name} | {search} | {times(ours[0][1], search_value)} | {whole} "
            f"| {times(ours[1][1], whole_value)} | {'' if wall is None else f'{wall:.3g}'} "
            f"| {median(runs, 'peak') / cells:.1f} | {agreement(found)} |"
        )
    for name, why in case["absent"]:
        lines.append(f"| {name} | {why} | | | | | | |")
    walls = {name: median(runs, "search_wall_s") for name, runs, _ in case["rows"]}
    if walls.get(OURS) and walls.get(OURS_TWICE):
        gain = walls[OURS] / walls[OURS_TWICE]
        lines += ["", f"The second thread makes the search {gain:.2f} times as fast by the wall."]
    return "\n".join(lines)


def whole_text(cases, command, machine, notes):
    parts = [f"Command: `{command}`. {machine}", ""]
    for case in cases:
        parts += [of_case(case), ""]
    parts.append("How each was measured:")
    parts.append("")
    parts += [f"- {note}" for note in notes]
    return "\n".join(parts)


def put_between_markers(page, text):
    """The page with what stands between the markers replaced; they are added where missing."""
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in page:
        return re.sub(
            re.escape(BEGIN) + ".*" + re.escape(END), lambda _: block, page, flags=re.DOTALL
        )
    return page.rstrip("\n") + f"\n\n## Travel against its peers\n\n{block}\n"
