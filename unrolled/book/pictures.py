"""Smaller PNG files for the book: a palette instead of 32 bits a pixel, where no eye sees it."""

import base64
import io
from functools import cache
from typing import Any, cast

from PIL import Image

# Each of red, green, blue and alpha is rounded to a multiple of the first of these that leaves 256
# colours: antialiased lines and letters need no more. None moves by more than 8 of 255.
STEPS = (1, 2, 4, 8, 12, 16)


@cache  # a figure stands in the page and in the notebook to download
def smaller(png: bytes) -> bytes:
    """Return a picture that looks the same in fewer bytes, or the same bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    for step in STEPS:
        rounded = picture.point([min((v + step // 2) // step * step, 255) for v in range(256)] * 4)
        if colours := rounded.getcolors(256):
            break
    else:
        return png
    palette = cast(list[tuple[int, ...]], [colour for _, colour in colours])
    numbers = {memoryview(bytes(c)).cast("I")[0]: n for n, c in enumerate(palette)}
    pixels = memoryview(rounded.tobytes()).cast("I")
    indexed = Image.frombytes("P", picture.size, bytes(map(numbers.__getitem__, pixels)))
    indexed.putpalette([value for colour in palette for value in colour[:3]])
    file = io.BytesIO()
    indexed.save(file, "PNG", optimize=True, transparency=bytes(colour[3] for colour in palette))
    return min(png, file.getvalue(), key=len)


def with_smaller_pictures(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a notebook whose stored figures are made smaller."""
    return {**notebook, "cells": [_smaller_cell(cell) for cell in notebook["cells"]]}


def _smaller_cell(cell: dict[str, Any]) -> dict[str, Any]:
    if not any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
        return cell
    return {**cell, "outputs": [_smaller_output(output) for output in cell["outputs"]]}


def _smaller_output(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    if "image/png" not in data:
        return output
    png = smaller(base64.b64decode("".join(data["image/png"])))
    return {**output, "data": {**data, "image/png": base64.b64encode(png).decode()}}
