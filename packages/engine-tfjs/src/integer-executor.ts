// Runs a quantized graph bit for bit as the reference does, with the heavy layers on TensorFlow.js.
import {
  allocate, elementCount, kernelFor, tensorAt,
  type Executor, type Graph, type Node, type Observer, type Operand, type TensorData, type TensorId,
} from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { additionStep } from './fast-adder.js';
import { integerStep } from './integer-step.js';

/** Fills the outputs of one node from the values so far. */
type Run = (values: (TensorData | undefined)[]) => void;

export function prepareIntegerExecutor(tf: typeof Tfjs, graph: Graph): Executor {
  const kept: Tfjs.Tensor[] = [];
  const keep = <T extends Tfjs.Tensor>(tensor: T): T => {
    kept.push(tensor);
    return tensor;
  };
  const runs = graph.nodes.map((node) => prepareNode(tf, graph, node, keep));
  return {
    run: (feeds, observer) => Promise.resolve(runOnce(graph, runs, feeds, observer)),
    dispose: () => kept.splice(0).forEach((tensor) => tensor.dispose()),
  };
}

function prepareNode(tf: typeof Tfjs, graph: Graph, node: Node, keep: <T extends Tfjs.Tensor>(tensor: T) => T): Run {
  return layerRun(tf, graph, node, keep) ?? additionRun(graph, node) ?? referenceRun(graph, node);
}

function layerRun(tf: typeof Tfjs, graph: Graph, node: Node, keep: <T extends Tfjs.Tensor>(tensor: T) => T): Run | undefined {
  const layer = integerStep(tf, graph, node, keep);
  if (layer === undefined) return undefined;
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const result = outputBuffer(graph, output);
  return (values) => {
    layer(values[input] as Int8Array, result);
    values[output] = result;
  };
}

function additionRun(graph: Graph, node: Node): Run | undefined {
  const addition = additionStep(graph, node);
  if (addition === undefined) return undefined;
  const [first, second, output] = [node.inputs[0]!, node.inputs[1]!, node.outputs[0]!];
  const result = outputBuffer(graph, output);
  return (values) => {
    addition(values[first] as Int8Array, values[second] as Int8Array, result);
    values[output] = result;
  };
}

/** Filled anew at every run: fresh memory for every layer costs as much as the layer's arithmetic beside its products. */
function outputBuffer(graph: Graph, output: TensorId): Int8Array {
  return new Int8Array(elementCount(tensorAt(graph, output).shape));
}

function referenceRun(graph: Graph, node: Node): Run {
  return (values) => {
    for (const id of node.outputs) {
      const { dtype, shape } = tensorAt(graph, id);
      values[id] = allocate(dtype, elementCount(shape));
    }
    const operand = (id: TensorId): Operand => ({ ...tensorAt(graph, id), data: values[id]! });
    const inputs = node.inputs.map((id) => (id === null ? undefined : operand(id)));
    const outputs = node.outputs.map(operand);
    kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  };
}

function runOnce(graph: Graph, runs: readonly Run[], feeds: readonly TensorData[], observer: Observer | undefined): TensorData[] {
  const values: (TensorData | undefined)[] = graph.tensors.map((tensor) => tensor.data);
  const see = (id: TensorId): void => {
    if (observer?.wants(id) === true) observer.see(id, values[id]!);
  };
  graph.inputs.forEach((id, position) => {
    values[id] = feeds[position];
    see(id);
  });
  runs.forEach((run, position) => {
    run(values);
    graph.nodes[position]!.outputs.forEach(see);
  });
  // Copies: a buffer of a layer is filled again by the next run.
  return graph.outputs.map((id) => values[id]!.slice() as TensorData);
}
