"""``python -m samples.draw``: redraw the committed samples, or draw any layout at any size, or pictures of hotlists."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.content import entries
from samples.degrade import WAYS
from samples.expected import write_expected
from samples.hotlists.cases import ALL_STYLES, cases
from samples.hotlists.files import FORMATS
from samples.layouts import all_layouts, draw, layout_named
from samples.releases import SAMPLES, draw_releases
from samples.states import draw_states


def main(arguments: list[str] | None = None) -> None:
    """Draw what the command line asks for and say what was written."""
    options = _parser().parse_args(arguments)
    if options.hotlists is not None:
        seeds = range(options.seed, options.seed + options.count)
        for case in cases(options.hotlists, options.styles, options.degrade, seeds, options.container):
            print(case.path)
        return
    if options.layout is None:
        for path in (*draw_releases(), *draw_states(SAMPLES)):
            print(path)
        return
    layout = layout_named(options.layout)
    rows = draw(layout, entries(options.seed, options.rows, layout.content), options.out)
    pages = rows[-1].page_numbers[-1] if rows else 1
    print(f"{options.out}: {len(rows)} rows on {pages} pages")
    if options.expected is not None:
        write_expected(rows, options.expected)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m samples.draw",
        description="Without options: redraw samples/inbox and samples/expected. With --layout: draw one log."
        " With --hotlists: draw pictures of settings pages and forms, each with its truth as JSON beside it.",
    )
    names = [layout.name for layout in all_layouts()]
    parser.add_argument("--layout", choices=names, metavar="NAME", help="one of: " + ", ".join(names))
    parser.add_argument("--rows", type=int, default=100, help="rows to draw (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows (default: 1)")
    parser.add_argument("--out", type=Path, default=Path("sample.pdf"), help="the PDF to write (default: sample.pdf)")
    parser.add_argument("--expected", type=Path, help="also write the rows as drawn, one JSON object a line")
    parser.add_argument("--hotlists", type=Path, metavar="FOLDER", help="draw pictures of hotlists into this folder")
    parser.add_argument("--styles", nargs="+", default=ALL_STYLES, choices=ALL_STYLES, metavar="STYLE", help="of these")
    parser.add_argument(
        "--degrade", nargs="+", default=["clean"], choices=WAYS, metavar="WAY", help="what was done to them"
    )
    parser.add_argument("--container", default="png", choices=FORMATS, help="the kind of file (default: png)")
    parser.add_argument("--count", type=int, default=1, help="pictures of each style, from --seed on (default: 1)")
    return parser


if __name__ == "__main__":
    main()
