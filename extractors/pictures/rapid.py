"""The wall around rapidocr: PP-OCRv6 finds lines of text and reads them. Offline, one thread, loaded once a process.

The models are in rapidocr's wheel. Their paths are handed over, so that nothing is ever looked for on the network:
without them rapidocr would download. Runs on onnxruntime, or on openvino where that alone is installed: twice as fast,
but its memory grows with every new size of picture.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME = "rapidocr"
_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNIZER = "PP-OCRv6_rec_small.onnx"
_RUNTIMES = ("onnxruntime", "openvino")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The model's alphabet is Chinese too: its wide forms of Latin signs are the plain ones."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was read in one crop. ``centers``: of every non-space character, as a share of the crop's width."""

    text: str
    score: float
    centers: tuple[float, ...]


def _model_folder() -> Path | None:
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "models"
    return folder if (folder / _DETECTOR).is_file() and (folder / _RECOGNIZER).is_file() else None


def _runtime() -> str | None:
    return next((name for name in _RUNTIMES if importlib.util.find_spec(name) is not None), None)


def rapid_version() -> str | None:
    """Version of rapidocr, its model and its runtime, without loading them; None where it cannot read."""
    runtime = _runtime()
    if runtime is None or _model_folder() is None:
        return None
    try:
        return f"{version('rapidocr')} {_RECOGNIZER.removesuffix('.onnx')} {runtime} {version(runtime)}"
    except PackageNotFoundError:
        return None


@functools.cache
def _engine() -> Any:
    """The engine, or None where it is missing or cannot load."""
    folder, runtime = _model_folder(), _runtime()
    if folder is None or runtime is None:
        return None
    try:
        from rapidocr import EngineType, RapidOCR

        engine_type = EngineType(runtime)
        return RapidOCR(
            params={
                "Global.log_level": "critical",  # it would log what it reads
                "Global.use_cls": False,
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "Global.return_word_box": True,
                "Det.engine_type": engine_type,
                "Rec.engine_type": engine_type,
                "Det.model_path": str(folder / _DETECTOR),
                "Rec.model_path": str(folder / _RECOGNIZER),
                "Det.box_thresh": 0.4,  # finds pale short words too, such as a disabled "On"
                "Det.limit_type": "max",  # never enlarged there: how large is decided here
                "Det.limit_side_len": 1_000_000,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.openvino.inference_num_threads": 1,
            }
        )
    except (ImportError, OSError, RuntimeError, ValueError, KeyError, AttributeError):
        return None


def is_there() -> bool:
    """Whether rapidocr can read. Loads it."""
    return _engine() is not None


def detect(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Boxes of lines of text, n x 4 (x0, top, x1, bottom), in pixels of the RGB picture handed over."""
    engine = _engine()
    height, width = pixels.shape[:2]
    # The net wants multiples of 32 and would stretch the picture to them.
    padded = np.pad(pixels[:, :, ::-1], ((0, -height % 32), (0, -width % 32), (0, 0)), mode="edge")
    found = engine._load_det_model()(np.ascontiguousarray(padded))
    if found.boxes is None or len(found.boxes) == 0:
        return np.zeros((0, 4))
    quads = np.asarray(found.boxes, np.float64)
    boxes = np.concatenate((quads.min(axis=1), quads.max(axis=1)), axis=1)
    return boxes.clip(0, [width, height, width, height])


def recognize(crops: Sequence[NDArray[np.uint8]]) -> list[Recognized]:
    """The text of each crop (RGB, one line of text)."""
    if not crops:
        return []
    read = _engine().recognize_txt([np.ascontiguousarray(crop[:, :, ::-1]) for crop in crops])
    return [_plain(*one) for one in zip(read.txts, read.scores, read.word_results, strict=True)]


def _plain(text: str, score: float, info: Any) -> Recognized:
    columns = [column for word in info.word_cols for column in word]
    across = float(info.line_txt_len) or 1.0
    centers = tuple(min(1.0, (column + 0.5) / across) for column in columns)
    plain = " ".join(text.translate(_FULL_WIDTH).split())
    if len(centers) != len(plain.replace(" ", "")):  # cannot be told apart: no places rather than wrong ones
        centers = ()
    return Recognized(plain, round(float(score), 4), centers)
