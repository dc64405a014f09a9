// The naive reading of the specification: sound plans pass, and every rule refuses a plan that breaks it.
import { GraphBuilder, outputRule, type Graph, type Quantization } from '@wherry/graph';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import { plan } from '../plan/plan.js';
import type { NodeDecision, QuantizationPlan } from '../plan/quantization-plan.js';
import { planned as plannedFrom, usual, type PlannedOptions } from '../testing/planned.js';
import { apply } from './apply.js';

async function planned(graph: Graph, more: Partial<PlannedOptions> = {}): Promise<QuantizationPlan> {
  return plannedFrom(graph, await calibrated(graph, samplesOf(graph, 4)), more);
}

const graph = smallNetwork();
const outputOf = (kind: string): number => graph.nodes.find((node) => node.kind === kind)!.outputs[0]!;
const positionOf = (kind: string): number => graph.nodes.findIndex((node) => node.kind === kind);

function withActivation(sound: QuantizationPlan, id: number, change: Partial<Quantization>): QuantizationPlan {
  const format = sound.written.get(id)!;
  return {
    ...sound,
    written: new Map(sound.written).set(id, { ...format, quantization: { ...format.quantization!, ...change } }),
  };
}

function withConstant(
  sound: QuantizationPlan,
  kind: string,
  input: number,
  change: (known: Quantization) => Partial<Quantization>,
): QuantizationPlan {
  const position = positionOf(kind);
  const changed = (decision: NodeDecision): NodeDecision => ({
    ...decision,
    reads: decision.reads.map((constant, i) =>
      i !== input
        ? constant
        : { ...constant!, quantization: { ...constant!.quantization!, ...change(constant!.quantization!) } },
    ),
  });
  return {
    ...sound,
    nodes: sound.nodes.map((decision) => (decision.node === position ? changed(decision) : decision)),
  };
}

describe('apply', () => {
  it('passes what plan makes, per axis and per tensor', async () => {
    for (const granularity of ['per-axis', 'per-tensor'] as const) {
      const sound = await planned(graph, { granularity: () => granularity });
      expect(apply(graph, sound).graph.nodes).toHaveLength(graph.nodes.length);
    }
  });

  it.each<[string, RegExp, (sound: QuantizationPlan) => QuantizationPlan]>([
    [
      'an activation with two scales',
      /an activation has one scale/,
      (sound) => withActivation(sound, graph.inputs[0]!, { scale: [1, 2], zeroPoint: [0, 0] }),
    ],
    ['a scale of 0', /an activation has one scale/, (sound) => withActivation(sound, graph.inputs[0]!, { scale: [0] })],
    [
      'a zero point outside of int8',
      /an activation has one scale/,
      (sound) => withActivation(sound, graph.inputs[0]!, { zeroPoint: [128] }),
    ],
    [
      'a SOFTMAX with a calibrated scale',
      /the output scale is the fixed one/,
      (sound) => withActivation(sound, outputOf('SOFTMAX'), { scale: [1 / 128] }),
    ],
    [
      'a pooling that changes the scale',
      /inputs and outputs share one scale/,
      (sound) => withActivation(sound, outputOf('MAX_POOL_2D'), { scale: [0.123] }),
    ],
    [
      'a pooling that changes the zero point',
      /inputs and outputs share one scale/,
      (sound) => withActivation(sound, outputOf('MAX_POOL_2D'), { zeroPoint: [5] }),
    ],
    [
      'too few weight scales',
      /a quantized filter has one scale, or one per output channel/,
      (sound) => withConstant(sound, 'CONV_2D', 1, ({ scale }) => ({ scale: scale.slice(1), zeroPoint: [0, 0] })),
    ],
    [
      'weight scales along another axis',
      /weights have one scale, or one per slice of axis 0/,
      (sound) => withConstant(sound, 'CONV_2D', 1, () => ({ axis: 3 })),
    ],
    [
      'a weight zero point',
      /the zero points of an int8 or int4 filter are 0/,
      (sound) => withConstant(sound, 'CONV_2D', 1, () => ({ zeroPoint: [0, 1, 0] })),
    ],
    [
      'another bias scale',
      /bias scale is input scale times weight scale/,
      (sound) =>
        withConstant(sound, 'FULLY_CONNECTED', 2, ({ scale }) => ({ scale: scale.map((s) => Math.fround(s * 1.01)) })),
    ],
    [
      'a bias that is not counted from 0',
      /bias scale is input scale times weight scale/,
      (sound) => withConstant(sound, 'FULLY_CONNECTED', 2, ({ zeroPoint }) => ({ zeroPoint: zeroPoint.map(() => 1) })),
    ],
  ])('refuses %s', async (_what, rule, break_) => {
    expect(() => apply(graph, break_(sound))).toThrow(rule);
  });

  let sound: QuantizationPlan;
  beforeAll(async () => {
    sound = await planned(graph);
  });
});

describe('plan', () => {
  it("gives calibrated, shared and fixed scales by the operators' own rules", async () => {
    const { written } = await planned(graph);
    expect(written.get(outputOf('MAX_POOL_2D'))!.quantization).toEqual(written.get(outputOf('CONV_2D'))!.quantization);
    expect(written.get(outputOf('SOFTMAX'))!.quantization).toEqual({ scale: [1 / 256], zeroPoint: [-128], axis: 0 });
    expect(outputRule('SOFTMAX').from).toBe('fixed');
    expect(written.get(outputOf('ADD'))!.reason).toContain('min-max over 4 samples');
  });

  it('takes an override for one group and names its method', async () => {
    const id = outputOf('ADD');
    const overrides = new Map([[id, { method: 'percentile' as const, percentile: 60 }]]);
    const [plain, own] = [
      await planned(graph),
      await planned(graph, { range: { method: 'min-max', percentile: 99.99, overrides } }),
    ];
    expect(own.written.get(id)!.quantization!.scale[0]).toBeLessThan(plain.written.get(id)!.quantization!.scale[0]!);
    expect(own.written.get(id)!.reason).toContain('percentile over 4 samples');
    expect(own.written.get(outputOf('CONV_2D'))).toEqual(plain.written.get(outputOf('CONV_2D')));
  });

  it('gives narrow matrices one scale when asked, and filters never', async () => {
    for (const [compactMatrices, dense] of [
      [true, 1],
      [false, 4],
    ] as const) {
      const { nodes } = await planned(graph, { compactMatrices });
      const scalesOf = (kind: string): number => nodes[positionOf(kind)]!.reads[1]!.quantization!.scale.length;
      expect([scalesOf('FULLY_CONNECTED'), scalesOf('CONV_2D')]).toEqual([dense, 3]);
    }
  });

  it('refuses what is quantized already, and weights that are computed', async () => {
    const builder = new GraphBuilder('quantized');
    const quantization = { scale: [1], zeroPoint: [0], axis: 0 };
    const quantized = builder.finish([
      builder.add('DEQUANTIZE', [builder.input('x', [1, 2], 'int8', quantization)], {}, { origin: 'd' }),
    ]);
    expect(() => plan(quantized, new Map(), usual)).toThrow(/QUANT_ALREADY_QUANTIZED/);
    const other = new GraphBuilder('computed');
    const x = other.input('x', [2, 2], 'float32');
    const computed = other.finish([other.add('FULLY_CONNECTED', [x, x], {}, { origin: 'product' })]);
    await expect(planned(computed)).rejects.toThrow(/QUANT_WEIGHTS_NOT_CONSTANT/);
  });
});
