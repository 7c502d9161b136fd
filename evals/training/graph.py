"""Lay the trained layers out as the graph that the product runs, its matrices in eight bits."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from evals.training.network import ATTENDING, LAYERS, LOOKS, MARKS
from ingestion.embedding import WIDTH
from ingestion.embedding.words import Vectors

_OPSET = 17
_VERSION = 9
_OWN = "com.microsoft"
_EPSILON = 1e-12
_FAR = -1e4
_FLOAT = 1
_STEPS = 255


Inputs = Mapping[str, Any]
"""One batch, as the graph takes it: words and mask."""


def write(path: Path, weights: Mapping[str, Vectors], heard: Sequence[Inputs]) -> None:
    """Write the encoder's graph to `path`; its matrices go in eight bits, a scale a column.

    What runs between the layers goes in eight bits too, on a scale that is settled by what was
    heard: were it found anew for each batch, a sentence would read differently in other company.

    Args:
        path: Where the file goes.
        weights: What was learned, by name.
        heard: Batches of sentences of all sorts.
    """
    onnx: Any = import_module("onnx")
    quantization: Any = import_module("onnxruntime.quantization")
    graph = _Graph(weights)
    graph.lay_out()
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(graph.model(), plain)
        loose = Path(folder) / "loose.onnx"
        quantization.quantize_dynamic(
            plain,
            loose,
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        onnx.save(_settled(onnx.load(loose), heard), path)


def _settled(model: Any, heard: Sequence[Inputs]) -> Any:  # noqa: ANN401 - the library is untyped
    """Settle the scale of everything that a model would find anew for each batch."""
    onnx: Any = import_module("onnx")
    nodes = [node for node in model.graph.node if node.op_type == "DynamicQuantizeLinear"]
    ranges = _ranges(model, [node.input[0] for node in nodes], heard)
    for node in nodes:
        low, high = ranges[node.input[0]]
        scale = np.float32((high - low) / _STEPS)
        zero = np.uint8(np.clip(round(-low / scale), 0, _STEPS))
        values = [np.asarray(scale), np.asarray(zero)]
        for name, value in zip(node.output[1:], values, strict=True):
            model.graph.initializer.append(onnx.numpy_helper.from_array(value, name))
        inputs = [node.input[0], *node.output[1:]]
        settled = onnx.helper.make_node("QuantizeLinear", inputs, node.output[:1], name=node.name)
        node.CopyFrom(settled)
    return model


def _ranges(
    model: Any,  # noqa: ANN401 - the library is untyped
    names: Sequence[str],
    heard: Sequence[Inputs],
) -> dict[str, tuple[float, float]]:
    """Find how far each tensor reached, by all that was heard; what is filled up does not count."""
    onnx, runtime = import_module("onnx"), import_module("onnxruntime")
    shown: Any = onnx.ModelProto()
    shown.CopyFrom(model)
    wanted = sorted(set(names) - {one.name for one in shown.graph.output})
    shown.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in wanted)
    session: Any = runtime.InferenceSession(shown.SerializeToString())
    low, high = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for inputs in heard:
        for name, value in zip(wanted, session.run(wanted, dict(inputs)), strict=True):
            low[name] = min(low[name], float(value.min()))
            high[name] = max(high[name], float(value.max()))
    return {name: (low[name], max(high[name], low[name] + _EPSILON)) for name in names}


class _Graph:
    """Nodes and weights, one after the other."""

    def __init__(self, weights: Mapping[str, Vectors]) -> None:
        self._weights = weights
        self._tools: Any = import_module("onnx.helper")
        self._onnx: Any = import_module("onnx")
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def lay_out(self) -> None:
        """Lay out the whole encoder: words and mask in, meanings and marks out."""
        x = self._start()
        for layer in range(LAYERS):
            x = self._layer(x, f"l{layer}")
        last = self._constant("last", np.array([2]))
        inside = self._node("Cast", self._node("Unsqueeze", "mask", last), to=_FLOAT)
        mean = self._mean(x, inside)
        self._meanings(mean)
        self._marks(x, mean, inside)

    def model(self) -> Any:  # noqa: ANN401 - the library is untyped
        """Give what was laid out as a model."""
        make, kinds = self._tools, self._onnx.TensorProto
        info = make.make_tensor_value_info
        graph = make.make_graph(
            self._nodes,
            "encoder",
            [
                info("words", kinds.FLOAT, ["rows", "length", WIDTH]),
                info("mask", kinds.INT32, ["rows", "length"]),
            ],
            [
                info("meanings", kinds.FLOAT, ["rows", WIDTH]),
                info("marks", kinds.FLOAT, ["rows", MARKS]),
            ],
            list(self._constants.values()),
        )
        sets = [make.make_opsetid("", _OPSET), make.make_opsetid(_OWN, 1)]
        return make.make_model(graph, opset_imports=sets, ir_version=_VERSION)

    def _node(self, operation: str, *inputs: str, called: str = "", **settings: Any) -> str:  # noqa: ANN401
        name = called or f"{operation}{len(self._nodes)}"
        own = operation in {"Attention", "SkipLayerNormalization", "BiasGelu"}
        domain = {"domain": _OWN} if own else {}
        self._nodes.append(
            self._tools.make_node(operation, list(inputs), [name], name=name, **domain, **settings)
        )
        return name

    def _constant(self, name: str, value: Any) -> str:  # noqa: ANN401 - an array or a number
        array = np.asarray(value)
        kept = array.astype(np.int64 if array.dtype.kind == "i" else np.float32)
        if name not in self._constants:
            self._constants[name] = self._onnx.numpy_helper.from_array(kept, name)
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _times(self, x: str, name: str) -> str:
        return self._node("MatMul", x, self._weight(name))

    def _start(self) -> str:
        shape = self._node("Shape", "words", start=1, end=2)
        zero = self._constant("zero", np.array([0]))
        places = self._node("Slice", self._weight("places"), zero, shape, zero)
        x = self._node("Add", "words", places)
        gain, shift = self._weight("start_gain"), self._weight("start_shift")
        return self._node("LayerNormalization", x, gain, shift, axis=-1, epsilon=_EPSILON)

    def _layer(self, x: str, name: str) -> str:
        look, bias = self._weight(f"{name}.look"), self._weight(f"{name}.look_b")
        seen = self._node("Attention", x, look, bias, "mask", num_heads=ATTENDING)
        x = self._joined(x, self._times(seen, f"{name}.seen"), f"{name}.seen", f"{name}.seen_b")
        up = self._node("BiasGelu", self._times(x, f"{name}.up"), self._weight(f"{name}.up_b"))
        return self._joined(x, self._times(up, f"{name}.down"), f"{name}.out", f"{name}.down_b")

    def _joined(self, x: str, found: str, norm: str, bias: str) -> str:
        return self._node(
            "SkipLayerNormalization",
            found,
            x,
            self._weight(f"{norm}_gain"),
            self._weight(f"{norm}_shift"),
            self._weight(bias),
            epsilon=_EPSILON,
        )

    def _mean(self, x: str, inside: str) -> str:
        middle = self._constant("middle", np.array([1]))
        total = self._node("ReduceSum", self._node("Mul", x, inside), middle, keepdims=0)
        return self._node("Div", total, self._node("ReduceSum", inside, middle, keepdims=0))

    def _meanings(self, mean: str) -> None:
        meaning = self._node("Add", self._times(mean, "meaning"), self._weight("meaning_b"))
        self._node("LpNormalization", meaning, called="meanings", axis=-1, p=2)

    def _marks(self, x: str, mean: str, inside: str) -> None:
        one, far = self._constant("one", np.float32(1)), self._constant("far", np.float32(_FAR))
        outside = self._node("Mul", self._node("Sub", one, inside), far)
        looks = self._node("Add", self._times(x, "looks"), outside)
        looks = self._node("Transpose", self._node("Softmax", looks, axis=1), perm=[0, 2, 1])
        flat = self._constant("flat", np.array([-1, WIDTH * LOOKS]))
        seen = self._node("Reshape", self._node("MatMul", looks, x), flat)
        pooled = self._node("Add", self._times(mean, "pool_mean"), self._times(seen, "pool_looks"))
        pooled = self._node("Add", pooled, self._weight("pool_b"))
        self._node("Relu", pooled, called="marks")
