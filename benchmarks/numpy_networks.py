"""How fast the NumPy networks are: against PyTorch, and against their own matrix products.

    python -m benchmarks.numpy_networks       (two minutes)

RNN, LSTM and GRU, forward and backward (all gradients) at batch 100, T = 28, D = 28, H = 128, on
one thread. What is compared is run in turn, again and again, and a ratio is the median over the
turns (with its quartiles): so both sides see the same machine. The clock is CPU time.

    fast / torch      unrolled.fast in float32 against torch.nn in float32
    fast / products   against its own matrix products alone, recorded and replayed: the floor
    plain / torch     unrolled.networks in float64 against torch.nn in float32

The gradient of the loss by the hidden states comes in the memory layout of the hidden states, as an
elementwise loss would return it.

How fast NumPy's products are depends on the kernels that OpenBLAS picks, and an environment
variable such as OPENBLAS_CORETYPE can force older ones. So everything is measured in the present
environment, with such variables unset, and with AVX2 kernels ("Haswell").
Results go to benchmarks/numpy_networks.json.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from unrolled import fast, networks
from unrolled.training import hardware

RESULTS = Path(__file__).with_suffix(".json")
N, T, D, H = 100, 28, 28, 128
WARM_UP, TURNS, PLAIN_EVERY = 10, 80, 8
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
FORCED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

Work = Callable[[], object]


def seconds(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def works(kind: str) -> dict[str, Work]:
    """Return what is compared, ready to run."""
    rng = np.random.default_rng(0)
    G = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    k = 1 / np.sqrt(H)
    x = rng.standard_normal((N, T, D)).astype(np.float32)
    states = [np.zeros((N, H), np.float32) for _ in range(2 if kind == "lstm" else 1)]
    shapes: list[tuple[int, ...]] = [(G * H, D), (G * H, H)]
    shapes += [(G * H,)] * (2 if kind == "gru" else 1)
    weights = [rng.uniform(-k, k, shape).astype(np.float32) for shape in shapes]

    network: Any = {"rnn": fast.FastRNN, "lstm": fast.FastLSTM, "gru": fast.FastGRU}[kind]()
    hs = network.forward(x, *states, *weights)
    dhs = np.empty_like(hs[0] if kind == "lstm" else hs)  # in the same layout
    dhs[:] = rng.standard_normal(dhs.shape)

    def quick() -> None:
        network.forward(x, *states, *weights)
        network.backward(dhs)

    products: list[tuple[Any, Any, Any]] = []

    def record(a: Any, b: Any, out: Any) -> Any:
        products.append((a, b, out))
        return np.matmul(a, b, out=out)

    fast.matmul, matmul = record, fast.matmul  # type: ignore[assignment]
    quick()
    fast.matmul = matmul

    def replay() -> None:
        for a, b, out in products:
            np.matmul(a, b, out=out)

    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
        D, H, batch_first=True
    )
    leaves = [torch.tensor(a)[None].requires_grad_() for a in states]
    x_torch = torch.tensor(x, requires_grad=True)
    dhs_torch = torch.tensor(np.ascontiguousarray(dhs))
    state = tuple(leaves) if kind == "lstm" else leaves[0]

    def torchs() -> None:
        for leaf in (x_torch, *leaves, *layer.parameters()):
            leaf.grad = None
        layer(x_torch, state)[0].backward(dhs_torch)

    double = [a.astype(np.float64) for a in (x, *states, *weights)]
    dhs_double = np.ascontiguousarray(dhs).astype(np.float64)

    def plain() -> None:
        x, h0, *rest = double
        if kind == "rnn":
            hs = networks.rnn_forward(x, h0, *rest)
            networks.rnn_backward(dhs_double, x, h0, hs, *rest[:2])
        elif kind == "lstm":
            hs, cs = networks.lstm_forward(x, h0, *rest)
            c0, *weights = rest
            networks.lstm_backward(dhs_double, x, h0, c0, hs, cs, *weights)
        else:
            hs = networks.gru_forward(x, h0, *rest)
            networks.gru_backward(dhs_double, x, h0, hs, *rest)

    return {"fast": quick, "products": replay, "torch": torchs, "plain": plain}


def measure(kind: str) -> dict[str, Any]:
    """Run everything in turn; return times in milliseconds, and ratios with their quartiles."""
    compared = works(kind)
    for name, work in compared.items():
        for _ in range(2 if name == "plain" else WARM_UP):
            work()
    turns: list[dict[str, float]] = []
    for turn in range(TURNS):
        names = [n for n in compared if n != "plain" or turn % PLAIN_EVERY == 0]
        turns.append({name: seconds(compared[name]) for name in names})
    found: dict[str, Any] = {
        f"{name}_ms": round(1000 * float(np.median([t[name] for t in turns if name in t])), 2)
        for name in compared
    }
    for one, other in (("fast", "torch"), ("fast", "products"), ("plain", "torch")):
        ratios = [t[one] / t[other] for t in turns if one in t]
        low, middle, high = np.percentile(ratios, [25, 50, 75])
        found[f"{one}/{other}"] = [round(float(v), 3) for v in (middle, low, high)]
    return found


def child() -> dict[str, Any]:
    """Measure in this process, whose environment is as it should be."""
    from threadpoolctl import threadpool_info

    torch.set_num_threads(1)
    blas = [i for i in threadpool_info() if i["user_api"] == "blas" and "numpy" in i["filepath"]]
    blas = blas or [i for i in threadpool_info() if i["user_api"] == "blas"]
    core = blas[0].get("architecture", blas[0]["internal_api"]) if blas else "unknown"
    return {"core": core, **{kind: measure(kind) for kind in ("rnn", "lstm", "gru")}}


def environments() -> dict[str, dict[str, str]]:
    """Return the environments by name; the second only where it is another one."""
    present = {**os.environ, **ONE_THREAD}
    unset = {key: value for key, value in present.items() if key not in FORCED}
    haswell = {**unset, "OPENBLAS_CORETYPE": "Haswell"}
    found = {"present": present, "unset": unset, "haswell": haswell}
    if present == unset:
        del found["unset"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args().child:
        print(json.dumps(child()))
        return
    results: dict[str, Any] = {
        "machine": hardware().rpartition(",")[0],
        "numpy": np.__version__,
        "torch": torch.__version__,
        "date": time.strftime("%Y-%m-%d"),
        "forced": {key: os.environ[key] for key in FORCED if key in os.environ},
    }
    for name, environment in environments().items():
        command = [sys.executable, "-m", "benchmarks.numpy_networks", "--child"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        results[name] = found = json.loads(done.stdout)
        print(f"\n{name} environment, BLAS kernels: {found['core']}")
        print(
            "        fast/torch          fast/products       plain/torch         ms: fast torch plain"
        )
        for kind in ("rnn", "lstm", "gru"):
            row = found[kind]
            ratios = [row[key] for key in ("fast/torch", "fast/products", "plain/torch")]
            cells = [f"{m:.2f} ({low:.2f}-{high:.2f})" for m, low, high in ratios]
            times = "  ".join(f"{row[f'{key}_ms']:.1f}" for key in ("fast", "torch", "plain"))
            print(f"{kind:6}", *(f"{cell:19}" for cell in cells), times)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
