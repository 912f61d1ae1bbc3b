"""``python -m unrolled.book build|serve|measure|notebooks``."""

import argparse
import functools
import http.server
import sys
from pathlib import Path

from unrolled.book.build import (
    BookError,
    build,
    build_language,
    html_folder,
    measure,
    publish_notebooks,
)
from unrolled.languages import LANGUAGES


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; says so only when one is missing."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Print nothing: a page is thirty requests."""


def serve(root: Path, port: int) -> None:
    """Serve the built book on this machine until Ctrl+C."""
    folder = html_folder(root)
    if not (folder / "index.html").exists():
        raise BookError("There is no book to serve: run `python -m unrolled.book build`.")
    handler = functools.partial(Handler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        another = f"python -m unrolled.book serve --port {port + 1}"
        raise BookError(f"Port {port} is taken: try {another}") from error
    with server:
        print(f"http://127.0.0.1:{port}/  (Ctrl+C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 1 and one sentence if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m unrolled.book", description=__doc__)
    parser.add_argument("command", choices=["build", "serve", "measure", "notebooks"])
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).parents[2],
                        help="the folder with _config.yml (default: this repository)")  # fmt: skip
    parser.add_argument("--language", choices=LANGUAGES, help="build this language only")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--repository", help="where `notebooks` install the course from: its address"
    )
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        if not (root / "_config.yml").exists():
            raise BookError(f"{root} holds no book: there is no _config.yml.")
        if options.command == "serve":
            serve(root, options.port)
        elif options.command == "measure":
            print(measure(root))
        elif options.command == "notebooks":
            print(publish_notebooks(root, options.repository))
        elif options.language:
            build_language(root, options.language)
        else:
            landing = build(root)
            print(f"Open {landing} in a browser, or run `make serve`.")
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
