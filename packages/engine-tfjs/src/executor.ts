// Runs a float graph on TensorFlow.js, node by node, freeing every tensor after its last reader.
import {
  freshStates,
  resetStates,
  tensorAt,
  type Executor,
  type Graph,
  type Node,
  type Observer,
  type States,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext, Step } from './lowering/lowering.js';
import { loweredStep, referenceStep } from './node-step.js';
import { viewOf } from './tensor-view.js';
import { download, inDataType, upload } from './transfer.js';

interface PreparedNode {
  readonly node: Node;
  readonly step: Step;
  /** Activations whose last reader this node is. */
  readonly dead: readonly TensorId[];
}

/** Uploads the constants once; `dispose` frees them. */
export function prepareExecutor(tf: typeof Tfjs, graph: Graph): Executor {
  const kept: Tfjs.Tensor[] = [];
  const states = freshStates(graph);
  const read = new Set<TensorId>(graph.outputs);
  const prepared = prepareNodes(tf, graph, { kept, read, states });
  const constants = new Map<TensorId, Tfjs.Tensor>();
  for (const id of read) {
    const { data, shape, dtype } = tensorAt(graph, id);
    if (data === undefined) continue;
    const uploaded = upload(tf, data, shape, dtype);
    kept.push(uploaded);
    constants.set(id, uploaded);
  }
  return {
    run: (feeds, observer) => {
      resetStates(graph, states);
      return Promise.resolve(runOnce(tf, graph, prepared, constants, feeds, observer));
    },
    dispose: () => kept.splice(0).forEach((tensor) => tensor.dispose()),
  };
}

interface Needs {
  readonly kept: Tfjs.Tensor[];
  readonly read: Set<TensorId>;
  readonly states: States;
}

/** Adds to `read` what the steps take of the graph's tensors. */
function prepareNodes(tf: typeof Tfjs, graph: Graph, needs: Needs): PreparedNode[] {
  const lastReader = new Map<TensorId, number>();
  graph.nodes.forEach((node, position) => {
    for (const id of [...node.inputs, ...node.outputs]) if (id !== null) lastReader.set(id, position);
  });
  for (const id of graph.outputs) lastReader.delete(id);
  return graph.nodes.map((node, position) => {
    const touched = new Set([...node.inputs, ...node.outputs].filter((id) => id !== null));
    return {
      node,
      step: stepOf(tf, graph, node, needs),
      dead: [...touched].filter(
        (id) => lastReader.get(id) === position && tensorAt(graph, id).data === undefined && !needs.states.has(id),
      ),
    };
  });
}

function stepOf(tf: typeof Tfjs, graph: Graph, node: Node, { kept, read, states }: Needs): Step {
  const taken = new Set<number>();
  const context: LoweringContext = {
    tf,
    differentiable: false,
    inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    outputs: node.outputs.map((id) => tensorAt(graph, id)),
    keep: (tensor) => {
      kept.push(tensor);
      return tensor;
    },
    takeOver: (input) => void taken.add(input),
  };
  const step = loweredStep(node, context);
  node.inputs.forEach((id, position) => {
    if (id !== null && !taken.has(position)) read.add(id);
  });
  return step === 'reference' ? referenceStep(node, context, states) : step;
}

function runOnce(
  tf: typeof Tfjs,
  graph: Graph,
  prepared: readonly PreparedNode[],
  constants: ReadonlyMap<TensorId, Tfjs.Tensor>,
  feeds: readonly TensorData[],
  observer: Observer | undefined,
): TensorData[] {
  const values = new Map(constants);
  const see = (id: TensorId): void => {
    if (observer?.wants(id) !== true) return;
    const { dtype } = tensorAt(graph, id);
    observer.see(id, inDataType(viewOf(tf, values.get(id)!), dtype));
  };
  graph.inputs.forEach((id, position) => {
    const { shape, dtype } = tensorAt(graph, id);
    values.set(id, upload(tf, feeds[position]!, shape, dtype));
    see(id);
  });
  for (const { node, step, dead } of prepared) {
    const inputs = node.inputs.map((id) => (id === null ? undefined : values.get(id)));
    const results = tf.tidy(() => step(inputs) as Tfjs.Tensor[]);
    const outputs = Array.isArray(results) ? results : [results];
    node.outputs.forEach((id, position) => {
      values.set(id, outputs[position] as Tfjs.Tensor);
      see(id);
    });
    for (const id of dead) values.get(id)!.dispose();
  }
  const outputs = graph.outputs.map((id) => download(values.get(id)!, tensorAt(graph, id).dtype));
  for (const id of new Set(graph.outputs)) if (!constants.has(id)) values.get(id)!.dispose();
  const unread = graph.inputs.filter((id) => !graph.outputs.includes(id) && !values.get(id)!.isDisposed);
  for (const id of unread) values.get(id)!.dispose();
  return outputs;
}
