// Lets the layer before end with the clamp that a RELU of its own would apply.
import { GraphEditor, operatorOf, tensorAt, type FusedActivation, type Graph, type Node } from '@wherry/graph';
import { onlyReader, writerOf } from './neighbours.js';
import { untilNone, type Rewrite } from './rewrite.js';

const clamps: { readonly [kind: string]: FusedActivation } = { RELU: 'RELU', RELU6: 'RELU6' };

export const fuseActivation: Rewrite = {
  name: 'fuse-activation',
  what: 'fused activations into the layers before them',
  apply: untilNone(findFusion, fuse),
};

interface Fusion {
  readonly layer: Node;
  readonly clamp: Node;
  readonly activation: FusedActivation;
}

function findFusion(graph: Graph): Fusion | undefined {
  for (const clamp of graph.nodes) {
    const wanted = clamps[clamp.kind];
    if (wanted === undefined) continue;
    const layer = writerOf(graph, clamp.inputs[0]!);
    if (layer === undefined || onlyReader(graph, clamp.inputs[0]!) !== clamp) continue;
    const activation = merge((layer.attributes as { readonly activation?: FusedActivation }).activation, wanted);
    if (operatorOf(layer.kind).traits.acceptsFusedActivation === true && activation !== undefined)
      return { layer, clamp, activation };
  }
  return undefined;
}

/** The clamp that equals `first` and then `second`, where it is one of the fused ones. */
function merge(first: FusedActivation | undefined, second: FusedActivation): FusedActivation | undefined {
  if (first === 'NONE' || first === second) return second;
  const both = new Set([first, second]);
  return both.has('RELU') && both.has('RELU6') ? 'RELU6' : undefined;
}

function fuse(graph: Graph, { layer, clamp, activation }: Fusion): Graph {
  const editor = new GraphEditor(graph);
  editor.replaceNode(layer, {
    ...layer,
    outputs: clamp.outputs,
    attributes: { ...layer.attributes, activation },
  } as Node);
  editor.setMoments(clamp.outputs[0]!, tensorAt(graph, layer.outputs[0]!).moments);
  editor.removeNode(clamp);
  return editor.finish();
}
