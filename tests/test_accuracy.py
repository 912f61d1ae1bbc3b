"""What benchmarks/accuracy.py may read, and what benchmarks/accuracy.json says.

Nothing is trained on MNIST here: that takes hours.
"""

import ast
import json
import statistics
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = (ROOT / "benchmarks" / "accuracy.py").read_text("utf-8")
RESULTS = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text("utf-8"))

torch = pytest.importorskip("torch")
accuracy = pytest.importorskip("benchmarks.accuracy")


def places(name, tree):
    """Return the innermost function around every use of a name or an attribute."""
    found = []

    def visit(node, function):
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if name in (getattr(node, "id", None), getattr(node, "attr", None)):
            found.append(function)
        for child in ast.iter_child_nodes(node):
            visit(child, function)

    visit(tree, None)
    return found


# ---------------------------------------------------------------- the test images


def test_one_function_reads_the_test_images_and_one_calls_it():
    tree = ast.parse(SOURCE)
    assert set(places("test_images", tree)) == {"test_split"}
    assert set(places("test_labels", tree)) == {"test_split"}
    assert places("test_split", tree) == ["final"]
    assert set(places("load_mnist", tree)) == {"mnist"}
    assert set(places("mnist", tree)) == {"validation_split", "test_split"}
    assert "getattr(data" not in SOURCE


def test_places_sees_a_use_that_does_not_belong():
    program = "def test_split():\n    return d.test_images\ndef search():\n    f = test_split\n"
    tree = ast.parse(program)
    assert places("test_images", tree) == ["test_split"]
    assert places("test_split", tree) == ["search"]


def test_validation_images_are_never_trained_on(monkeypatch):
    np = pytest.importorskip("numpy")
    from unrolled.data import Mnist

    marked = np.zeros((60_000, 28, 28), np.uint8)
    marked[:, 0, 0] = np.arange(60_000) >= 55_000
    forbidden = np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64)
    data = Mnist(marked, np.zeros(60_000, np.int64), *forbidden, "mnist", "")
    monkeypatch.setattr(accuracy, "load_mnist", lambda: data)
    split = accuracy.validation_split()
    assert (len(split.images), len(split.asked)) == (55_000, 5_000)
    assert not split.images.any()
    assert split.asked[:, 0, 0].all()


def test_the_networks_that_met_the_test_images_were_fixed_before():
    asked = [run for run in RESULTS["runs"] if run["split"] == "test"]
    told = [accuracy.told(rung.recipe) for rung in accuracy.FINAL.values()]
    keys = [(json.dumps(run["recipe"]), run["seed"]) for run in asked]
    assert len(keys) == len(set(keys))  # a network and seed is asked once
    for run in asked:
        assert run["recipe"] in told
        assert run["seed"] in accuracy.SEEDS
        assert run["curve"] == []  # asked once, after the last update
        assert datetime.fromisoformat(run["started"]) > datetime.fromisoformat(accuracy.FIXED)


def test_what_was_chosen_was_tried_on_validation_images_before():
    rung = accuracy.FINAL["final_5"]
    tried = accuracy.found(RESULTS, rung.recipe, 0, "validation")
    assert tried is not None
    assert datetime.fromisoformat(tried["started"]) < datetime.fromisoformat(accuracy.FIXED)


# ---------------------------------------------------------------- what the file says


def test_the_summary_is_that_of_the_runs():
    again = json.loads(json.dumps(accuracy.summary(RESULTS)))
    assert again == {key: RESULTS[key] for key in again}
    for row in RESULTS["ladder"]:
        assert row["mean"] == pytest.approx(statistics.mean(row["runs"]), abs=1e-5)


def test_no_network_is_larger_than_the_articles():
    assert {run["parameters"] for run in RESULTS["runs"]} <= {
        accuracy.LIMIT,
        210_990,  # both ways, H = 77
    }
    article = accuracy.RowClassifier(accuracy.Recipe())
    assert sum(p.numel() for p in article.parameters()) == accuracy.LIMIT
    too_large = accuracy.Recipe(hidden_size=129)
    with pytest.raises(ValueError, match="are allowed"):
        accuracy.train(too_large, 0, few("validation"))


def test_the_ladder_begins_at_the_article_and_every_rung_changes_something():
    assert accuracy.told(accuracy.LADDER[0].recipe) == {"bfloat16": True}
    rungs = [(json.dumps(accuracy.told(r.recipe)), r.weights) for r in accuracy.LADDER]
    assert len(set(rungs)) == len(rungs)
    assert accuracy.LADDER[-1].recipe == accuracy.FINAL["final_5"].recipe


def test_the_lesson_shows_these_numbers():
    cells = json.loads((ROOT / "chapters" / "09_pytorch.ipynb").read_text("utf-8"))["cells"]
    [table] = [cell for cell in cells if cell["id"] == "ladder-table"]
    lines = "".join("".join(output["text"]) for output in table["outputs"]).splitlines()
    for line, name in zip(lines, accuracy.FINAL, strict=False):
        scores = [100 * score for score in RESULTS[name]["runs"]]
        assert f"{statistics.mean(scores):.2f} % of the test images" in line
        assert f"({min(scores):.2f} to {max(scores):.2f})" in line
    for tried in RESULTS["search"]:
        if tried["recipe"].get("epochs", 5) == 5:
            [line] = [line for line in lines if line.startswith(f"{tried['name']:46}")]
            assert f"{100 * tried['mean']:.2f} %" in line


# ---------------------------------------------------------------- the run


def few(name):
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(40) % 10
    images = torch.rand(40, 28, 28, generator=generator) / 10
    images[torch.arange(40), 2 * labels + 8] = 1  # a bright row tells the class
    return accuracy.Split(name, images, labels, images, labels)


def test_a_run_is_the_same_twice_and_learns():
    recipe = accuracy.Recipe(
        hidden_size=16, epochs=30, batch_size=20, lr=2e-2, schedule=True, prepare=True
    )
    one, two = (accuracy.train(recipe, 3, few("validation"), checks=2) for _ in range(2))
    assert one["plain"] == two["plain"]
    assert one["averaged"] == two["averaged"]
    assert one["plain"]["accuracy"] > 0.9
    assert [point["epoch"] for point in one["curve"][:3]] == [0.5, 1.0, 1.5]
    assert len(one["curve"]) == 60
    other = accuracy.train(recipe, 4, few("validation"), checks=0)
    assert other["plain"]["loss"] != one["plain"]["loss"]
    assert other["curve"] == []


def test_two_ways_reads_both_ends():
    torch.manual_seed(0)
    model = accuracy.RowClassifier(accuracy.Recipe(hidden_size=5, bidirectional=True))
    images = torch.rand(3, 28, 28)
    _, (h_n, _) = model.layers((images - accuracy.MEAN) / accuracy.DEVIATION)
    torch.testing.assert_close(model(images), model.readout(torch.cat([h_n[-2], h_n[-1]], dim=1)))


def test_what_is_there_is_not_run_again(tmp_path, monkeypatch):
    recipe = accuracy.Recipe(hidden_size=4, epochs=1)
    monkeypatch.setattr(accuracy, "RESULTS", tmp_path / "accuracy.json")
    runner = accuracy.Runner(most=1)
    runner.run(recipe, 0, "validation", lambda: few("validation"))
    written = (tmp_path / "accuracy.json").read_text()
    runner.run(recipe, 0, "validation", lambda: pytest.fail("run again"))
    assert (tmp_path / "accuracy.json").read_text() == written
    with pytest.raises(accuracy.Enough):
        runner.run(recipe, 1, "validation", lambda: few("validation"))


def test_time_to_a_mark_is_the_first_time(monkeypatch):
    curve = [
        {"epoch": 0.25, "cpu_seconds": 1.0, "accuracy": 0.95},
        {"epoch": 0.5, "cpu_seconds": 2.0, "accuracy": 0.991},
        {"epoch": 0.75, "cpu_seconds": 3.0, "accuracy": 0.97},
    ]
    rung = accuracy.LADDER[0]
    run = {"recipe": accuracy.told(rung.recipe), "seed": 0, "split": "validation", "curve": curve}
    times = accuracy.reached({"runs": [run]}, rung)
    assert times["97.74%"] == [2.0]
    assert times["99.00%"] == [2.0]
    assert times["99.40%"] == [None]


# ---------------------------------------------------------------- distortions, Muon


def test_distort_is_random_affine_where_nothing_bends():
    from unrolled.training import distort, random_affine

    images = torch.rand(6, 28, 28)
    ours = distort(images, torch.Generator().manual_seed(1), 1.0, 0.0)
    theirs = random_affine(images, torch.Generator().manual_seed(1))
    torch.testing.assert_close(ours, theirs)
    assert distort(images, torch.Generator(), 0.0, 0.0) is images


def test_distort_bends_by_about_as_many_pixels_as_it_is_told():
    from unrolled.training import distort

    ramp = torch.arange(28.0).expand(300, 28, 28)  # a pixel's value is its column
    bent = distort(ramp, torch.Generator().manual_seed(0), 0.0, 0.8)[:, 8:20, 8:20]
    moves = bent - ramp[:, 8:20, 8:20]
    assert 0.4 < moves.std() < 1.0
    neighbours = moves[:, :, 1:] - moves[:, :, :-1]
    assert neighbours.std() < 0.4 * moves.std()  # smooth


def test_upright_takes_out_slant_and_offset_and_nothing_else():
    from unrolled.training import upright

    still = torch.zeros(1, 28, 28)
    still[:, 6:22, 12:16] = 1
    torch.testing.assert_close(upright(still), still, atol=1e-4, rtol=0)
    slanted = torch.stack([still[0, y].roll((y - 14) // 3 + 2) for y in range(28)])[None]

    def slope_and_place(image):
        y, x = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
        mean = lambda values: float((image * values).sum() / image.sum())  # noqa: E731
        mx, my = mean(x), mean(y)
        return (mean(x * y) - mx * my) / (mean(y * y) - my**2), mx

    before, after = slope_and_place(slanted[0]), slope_and_place(upright(slanted)[0])
    assert before[0] > 0.3
    assert abs(after[0]) < 0.02
    assert abs(after[1] - 13.5) < 0.05
    assert torch.isfinite(upright(torch.zeros(2, 28, 28))).all()  # an empty image


def test_orthogonal_makes_singular_values_alike():
    from benchmarks.muon import orthogonal

    generator = torch.Generator().manual_seed(0)
    for shape in ((3, 16, 16), (2, 16, 7), (2, 7, 16)):
        matrices = torch.randn(shape, generator=generator)
        values = torch.linalg.svdvals(orthogonal(matrices))
        assert values.max() < 1.3
        assert values.median() > 0.6


def test_muon_moves_every_block_alike_and_shrinks_by_decay():
    from benchmarks.muon import Muon

    torch.manual_seed(0)
    matrix = torch.nn.Parameter(torch.zeros(12, 6))
    matrix.grad = torch.randn(12, 6) * torch.tensor([1.0, 1e-3]).repeat_interleave(6)[:, None]
    Muon([matrix], lr=0.1, rows=6).step()
    first, second = (block.norm().item() for block in matrix.detach().split(6))
    assert first == pytest.approx(second, rel=0.2)  # a block's small gradient moves it as far
    assert first == pytest.approx(0.1 * 6**0.5, rel=0.3)
