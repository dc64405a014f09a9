// Outputs that give next to nothing get steps that the target's kernels can scale to, and those of other targets stay.
import { GraphBuilder, referenceEngine, type Graph, type OpKind } from '@wherry/graph';
import type { ScaleRatio } from '@wherry/profiles';
import { calibrate, type Calibration } from '../calibrate/calibrate.js';
import { planned } from '../testing/planned.js';
import type { QuantizationPlan } from './quantization-plan.js';

/** A dense layer that its RELU always cuts off, and one that reads what it gives. */
function withDeadLayer(next: 'FULLY_CONNECTED' | 'CONCATENATION' = 'FULLY_CONNECTED'): Graph {
  const builder = new GraphBuilder('dead');
  const x = builder.input('x', [1, 2]);
  const weights = builder.constant('w', [2, 2], Float32Array.of(-40, -30, -20, -10), 'float32');
  const dead = builder.add('FULLY_CONNECTED', [x, weights, null], { activation: 'RELU' }, { origin: 'dead' });
  const own = builder.constant('v', [2, 2], Float32Array.of(1, 2, 3, 4), 'float32');
  const after =
    next === 'CONCATENATION'
      ? builder.add('CONCATENATION', [dead, x], { axis: 1 }, { origin: 'joined' })
      : builder.add('FULLY_CONNECTED', [dead, own, null], {}, { origin: 'after' });
  return builder.finish([after]);
}

async function* samples(): AsyncGenerator<Float32Array[]> {
  for (const value of [0.25, 0.5, 1]) yield [Float32Array.of(value, 1 - value / 2)];
}

const calibrationOf = (graph: Graph): Promise<Calibration> => calibrate(graph, referenceEngine, samples());

const below256: ScaleRatio = { of: [0, 1], below: 256 };
const ratios = (kind: OpKind): readonly ScaleRatio[] => (kind === 'FULLY_CONNECTED' ? [below256] : []);

/** Of each dense layer: the greatest scale product in steps of its output. */
function ratiosIn(graph: Graph, { nodes, written }: QuantizationPlan): number[] {
  return nodes.flatMap(({ node, reads }) => {
    const { kind, outputs } = graph.nodes[node]!;
    if (kind !== 'FULLY_CONNECTED') return [];
    const [input, filter] = reads.map((read) => Math.max(...(read?.quantization?.scale ?? [0])));
    return [(input! * filter!) / written.get(outputs[0]!)!.quantization!.scale[0]!];
  });
}

it.each(['int8', 'int16x8'] as const)('keeps a layer that gives nothing clear of the limit, in %s', async (scheme) => {
  const graph = withDeadLayer();
  const calibration = await calibrationOf(graph);
  const [free, bound] = [planned(graph, calibration, { scheme }), planned(graph, calibration, { scheme, ratios })];
  expect(ratiosIn(graph, free)[0]).toBeGreaterThan(1000);
  const kept = ratiosIn(graph, bound);
  expect(Math.max(...kept)).toBeLessThan(256);
  // Not wider than it has to be.
  expect(kept[0]).toBeGreaterThan(255);
  expect(bound.written.get(graph.nodes[0]!.outputs[0]!)!.reason).toContain('widened for the runtime');
});

it('takes no values from an end: zero stays the integer that it was', async () => {
  const graph = withDeadLayer();
  const calibration = await calibrationOf(graph);
  const [id] = graph.nodes[0]!.outputs;
  const zeros = [planned(graph, calibration), planned(graph, calibration, { ratios })].map(
    ({ written }) => written.get(id!)!.quantization!.zeroPoint,
  );
  // The layer gives nothing below 0.
  expect(zeros).toEqual([[-128], [-128]]);
});

it('goes on to layers that read what was widened, until none is left', async () => {
  const graph = withDeadLayer();
  const plan = planned(graph, await calibrationOf(graph), {
    ratios: (kind) => ratios(kind).map((r) => ({ ...r, below: 0.001 })),
  });
  expect(ratiosIn(graph, plan).every((ratio) => ratio < 0.001)).toBe(true);
});

it('widens what shares a scale with others to that of all of them', async () => {
  const graph = withDeadLayer('CONCATENATION');
  const plan = planned(graph, await calibrationOf(graph), { ratios });
  expect(Math.max(...ratiosIn(graph, plan))).toBeLessThan(256);
});

it('changes nothing where no limit is near', async () => {
  const graph = withDeadLayer();
  const calibration = await calibrationOf(graph);
  const far = planned(graph, calibration, { ratios: () => [{ of: [0, 1], below: 2 ** 31 }] });
  expect(far).toEqual(planned(graph, calibration));
  const floats = planned(graph, calibration, { scheme: 'float32', ratios });
  expect(floats).toEqual(planned(graph, calibration, { scheme: 'float32' }));
});
