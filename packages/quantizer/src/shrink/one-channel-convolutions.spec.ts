// Convolutions over one channel as depthwise ones and back: every value the same, bit for bit.
import { evaluate, GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { differences, integerInputs } from '../testing/integer-inputs.js';
import { oneChannelConvolutions, type OneChannelKind, type OneChannelLayer } from './one-channel-convolutions.js';
import { onCmsisNn, onCmsisNnWithMve, onReferenceKernels } from './one-channel-kinds.js';

/** Two convolutions that share a filter with a scale for each of 3 channels. */
function shared(): Graph {
  const builder = new GraphBuilder('shared');
  const scale = { scale: [0.0625], zeroPoint: [-3], axis: 0 };
  const x = builder.input('x', [1, 5, 4, 1], 'int8', scale);
  const data = Int8Array.from({ length: 18 }, (_, i) => ((i * 37) % 255) - 127);
  const perAxis = { scale: [0.25, 0.5, 0.125].map((s) => s / 64), zeroPoint: [0, 0, 0], axis: 0 };
  const filter = builder.constant('w', [3, 2, 3, 1], data, 'int8', perAxis);
  const bias = builder.constant('b', [3], Int32Array.of(100, -2000, 7), 'int32');
  const outputs = ['SAME', 'VALID'].map((padding) =>
    builder.add(
      'CONV_2D',
      [x, filter, bias],
      { padding: padding as 'SAME', strideH: 2, activation: 'RELU6' },
      { origin: `conv ${padding}`, outputQuantization: scale },
    ),
  );
  return builder.finish(outputs);
}

it('is turned where it was measured to be faster: fours of filters, and not too many of them', () => {
  const [node] = shared().nodes;
  const kindsOf = (choose: (layer: OneChannelLayer) => OneChannelKind): readonly string[] =>
    [4, 6, 7, 16, 18, 20].map((outputs) =>
      choose({ node: node as OneChannelLayer['node'], outputs, filterH: 3, filterW: 3 }).slice(0, 4),
    );
  expect(kindsOf(onCmsisNn)).toEqual(['DEPT', 'CONV', 'CONV', 'DEPT', 'CONV', 'CONV']);
  expect(new Set(kindsOf(onCmsisNnWithMve))).toEqual(new Set(['CONV']));
  expect(new Set(kindsOf(onReferenceKernels))).toEqual(new Set(['DEPT']));
});

describe('oneChannelConvolutions', () => {
  it('turns convolutions that share a filter, which is turned once', () => {
    const graph = shared();
    const { graph: turned, steps } = oneChannelConvolutions(graph, () => 'DEPTHWISE_CONV_2D');
    expect(turned.nodes.map(({ kind }) => kind)).toEqual(['DEPTHWISE_CONV_2D', 'DEPTHWISE_CONV_2D']);
    expect(new Set(turned.nodes.map(({ inputs }) => inputs[1])).size).toBe(1);
    expect(tensorAt(turned, turned.nodes[0]!.inputs[1]!)).toMatchObject({
      shape: [1, 2, 3, 3],
      quantization: { axis: 3 },
    });
    expect(steps.map(({ layer }) => layer)).toEqual(['conv SAME', 'conv VALID']);
    expect(differences(graph, turned, integerInputs(graph, 8))).toBe(0);
  });

  it('gives the graph back when it is turned back', () => {
    const graph = shared();
    const back = oneChannelConvolutions(
      oneChannelConvolutions(graph, () => 'DEPTHWISE_CONV_2D').graph,
      () => 'CONV_2D',
    ).graph;
    expect(back.nodes.map(({ kind, attributes }) => ({ kind, attributes }))).toEqual(
      graph.nodes.map(({ kind, attributes }) => ({ kind, attributes })),
    );
    const filterOf = (of: Graph) => tensorAt(of, of.nodes[0]!.inputs[1]!);
    expect(filterOf(back)).toEqual(filterOf(graph));
  });

  it('asks for each node, and leaves others alone', () => {
    const graph = shared();
    const { graph: turned } = oneChannelConvolutions(graph, ({ node }) =>
      node.origin === 'conv SAME' ? 'DEPTHWISE_CONV_2D' : node.kind,
    );
    expect(turned.nodes.map(({ kind }) => kind)).toEqual(['DEPTHWISE_CONV_2D', 'CONV_2D']);
    expect(oneChannelConvolutions(graph, () => 'CONV_2D').graph).toBe(graph);
  });

  it.each(['CONV_2D', 'DEPTHWISE_CONV_2D'] as const)('computes the same for the cases of %s', (kind) => {
    const other = kind === 'CONV_2D' ? 'DEPTHWISE_CONV_2D' : 'CONV_2D';
    let turned = 0;
    for (const { graph, feeds, name } of casesOf(kind)) {
      const { graph: result } = oneChannelConvolutions(graph, () => other);
      if (result === graph) continue;
      turned += 1;
      expect({ name, values: evaluate(result, feeds) }).toEqual({ name, values: evaluate(graph, feeds) });
    }
    expect(turned).toBeGreaterThan(0);
  });
});
