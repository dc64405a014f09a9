// The stage as a whole: figures measured on the runtime, and properties on random graphs.
import { GraphBuilder, type Graph, type Quantization, type TensorId } from '@wherry/graph';
import type { MemoryTarget } from './memory-target.js';
import { offlinePlanMetadata } from './offline-plan.js';
import { planMemory } from './plan-memory.js';
import { validatePlan } from './validate-plan.js';

const quantization: Quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
const arm: MemoryTarget = { runtime: 'tflm-reference', pointerBytes: 4, shortEnums: true, alignment: 16 };

/** The sizes of TensorFlow Lite Micro's hello_world: three int8 layers 1-16-16-1. */
function helloWorld(): Graph {
  const builder = new GraphBuilder('hello');
  const dense = (input: TensorId, from: number, to: number): TensorId => {
    const filter = builder.constant('w', [to, from], new Int8Array(to * from), 'int8', quantization);
    const bias = builder.constant('b', [to], new Int32Array(to), 'int32', quantization);
    return builder.add(
      'FULLY_CONNECTED',
      [input, filter, bias],
      {},
      { origin: 'dense', outputQuantization: quantization },
    );
  };
  const x = builder.input('x', [1, 1], 'int8', quantization);
  return builder.finish([dense(dense(dense(x, 1, 16), 16, 16), 16, 1)]);
}

describe('planMemory', () => {
  // Measured with arena_used_bytes() and by bisection, as fixtures/README.md describes.
  it.each<[string, MemoryTarget, number, number]>([
    ['Arm, reference kernels', arm, 676, 1072],
    ['RISC-V or Xtensa, reference kernels', { ...arm, shortEnums: false }, 716, 1104],
    ['Arm, CMSIS-NN', { ...arm, runtime: 'tflm-cmsis-nn', simd: 'Arm DSP extension' }, 772, 1168],
  ])('estimates what the runtime takes: %s', (_, target, usedBytes, leastArenaBytes) => {
    expect(planMemory(helloWorld(), target).estimate).toEqual({
      usedBytes,
      leastArenaBytes,
      activationBytes: 32,
      persistentBytes: usedBytes - 32,
    });
  });

  it('estimates no less where the target says less about itself', () => {
    const { shortEnums: _, ...unsaid } = arm;
    expect(planMemory(helloWorld(), unsaid).estimate.usedBytes).toBe(716);
    const cmsis: MemoryTarget = { ...arm, runtime: 'tflm-cmsis-nn' };
    const used = (simd: string | null): number => planMemory(convolutions(), { ...cmsis, simd }).estimate.usedBytes;
    const known = [used(null), used('Arm DSP extension'), used('Arm Helium')];
    expect(planMemory(convolutions(), cmsis).estimate.usedBytes).toBe(Math.max(...known));
    expect(used('something new')).toBe(Math.max(...known));
    expect(new Set(known).size).toBe(3);
  });

  // By esp_nn_get_conv_scratch_size of 1.2.3 and of 1.1.1 to 1.2.0 for a 3x3 filter over [1, 16, 16, 3] to 16 channels.
  it.each<[string | undefined, number]>([
    ['1.2.3', 4 * 16 + 16 + 17 * 32 + 16 + 64],
    ['1.2.0', 18 * 18 * 3 + 9 * 16 * 16 + 32 + 4 * 16],
    [undefined, 18 * 18 * 3 + 9 * 16 * 16 + 32 + 4 * 16],
  ])('covers the scratch of every ESP-NN from %s on', (espNnFrom, bytes) => {
    const builder = new GraphBuilder('narrow');
    const filter = builder.constant('w', [16, 3, 3, 3], new Int8Array(432), 'int8', quantization);
    const input = builder.input('x', [1, 16, 16, 3], 'int8', quantization);
    const attributes = { padding: 'SAME' } as const;
    const made = { origin: 'conv', outputQuantization: quantization };
    const graph = builder.finish([builder.add('CONV_2D', [input, filter, null], attributes, made)]);
    const s3: MemoryTarget = { runtime: 'tflm-esp-nn', pointerBytes: 4, alignment: 16, simd: 'Xtensa PIE, 128 bit' };
    const { buffers } = planMemory(graph, espNnFrom === undefined ? s3 : { ...s3, espNnFrom });
    expect(buffers.find(({ owner }) => owner.kind === 'scratch')?.bytes).toBe(Math.ceil(bytes / 16) * 16);
  });

  it('never plans for the short scratch that the ESP softmax asks for on a tensor of rank 4', () => {
    const builder = new GraphBuilder('classes');
    const input = builder.input('x', [1, 1, 1, 10], 'int8', quantization);
    const made = { origin: 'classes', outputQuantization: { scale: [1 / 256], zeroPoint: [-128], axis: 0 } };
    const graph = builder.finish([builder.add('SOFTMAX', [input], { beta: 1 }, made)]);
    const { buffers } = planMemory(graph, { runtime: 'tflm-esp-nn', pointerBytes: 4, alignment: 16, simd: null });
    expect(buffers.find(({ owner }) => owner.kind === 'scratch')?.bytes).toBe(48);
  });

  it('counts what is written: the order of tensors in the graph and unused ones change nothing', () => {
    const graph = helloWorld();
    const shift = (id: number): number => id + 2;
    const disordered: Graph = {
      ...graph,
      tensors: [
        { name: 'unused', shape: [999], dtype: 'int8' },
        { name: 'old', shape: [4], dtype: 'int8', data: new Int8Array(4) },
        ...graph.tensors,
      ],
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((id) => (id === null ? null : shift(id))),
        outputs: node.outputs.map(shift),
      })),
      inputs: graph.inputs.map(shift),
      outputs: graph.outputs.map(shift),
    };
    expect(planMemory(disordered, arm).estimate).toEqual(planMemory(graph, arm).estimate);
  });

  it('offers a plan to carry in the model where the runtime does worse', () => {
    const plan = planMemory(chain([48, 32, 32, 64, 16]), arm);
    const { offline } = plan;
    expect(plan.online.bytes).toBeGreaterThan(plan.lowerBound);
    expect(plan.best).toMatchObject({ bytes: plan.lowerBound, optimal: true });
    expect(offline!.plan.bytes).toBe(plan.lowerBound);
    expect(offline!.estimate.usedBytes).toBe(plan.estimate.usedBytes - (plan.online.bytes - plan.lowerBound));
    expect([...offlinePlanMetadata(offline!)]).toEqual([1, 0, 5, ...offline!.tensorOffsets]);
  });

  it('offers none where the runtime cannot be bettered', () => {
    expect(planMemory(chain([64, 32]), arm)).not.toHaveProperty('offline');
  });

  it('takes a known plan over where the buffers are the same, and searches otherwise', () => {
    const [plan, other] = [planMemory(chain([48, 32, 32, 64, 16]), arm), planMemory(chain([48, 32, 32, 64, 32]), arm)];
    const marked = { ...plan, best: { ...plan.best, optimal: false } };
    expect(planMemory(chain([48, 32, 32, 64, 16]), arm, { known: marked })).toEqual({ ...marked });
    expect(planMemory(chain([48, 32, 32, 64, 32]), arm, { known: marked })).toEqual(other);
  });

  it('knows an arena that no plan goes below', () => {
    const { least, estimate, lowerBound, online } = planMemory(chain([48, 32, 32, 64, 16]), arm);
    expect([least.activationBytes, least.persistentBytes]).toEqual([lowerBound, estimate.persistentBytes]);
    expect(estimate.usedBytes - least.usedBytes).toBe(online.bytes - lowerBound);
  });

  it('is sound and bounded on random graphs, and the same every time', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const graph = randomGraph(seed);
      const plan = planMemory(graph, arm);
      const sum = plan.buffers.reduce((total, { bytes }) => total + bytes, 0);
      for (const candidate of [plan.online, plan.best]) {
        expect(validatePlan(plan.buffers, candidate, plan.alignment)).toEqual([]);
        expect(candidate.bytes).toBeLessThanOrEqual(sum);
        expect(candidate.bytes).toBeGreaterThanOrEqual(plan.lowerBound);
      }
      expect(plan.best.bytes).toBeLessThanOrEqual(plan.online.bytes);
      expect(plan.estimate.leastArenaBytes).toBeGreaterThanOrEqual(plan.estimate.usedBytes);
      expect(planMemory(randomGraph(seed), arm)).toEqual(plan);
    }
  });
});

/** A chain of tensors of the given sizes, so that neighbours in the list live together. */
function chain(bytes: readonly number[]): Graph {
  return {
    name: 'chain',
    tensors: bytes.map((length, i) => ({ name: `t${i}`, shape: [length], dtype: 'int8', quantization })),
    nodes: bytes
      .slice(1)
      .map((_, i) => ({ kind: 'RELU', attributes: {}, inputs: [i], outputs: [i + 1], origin: `n${i}` })),
    inputs: [0],
    outputs: [bytes.length - 1],
  };
}

/** A 5x5 depthwise and a 3x3 convolution: what CMSIS-NN's variants differ in. */
function convolutions(): Graph {
  const builder = new GraphBuilder('convolutions');
  const x = builder.input('x', [1, 8, 8, 4], 'int8', quantization);
  const depthwise = builder.constant('dw', [1, 5, 5, 4], new Int8Array(100), 'int8', quantization);
  const filter = builder.constant('w', [2, 3, 3, 4], new Int8Array(72), 'int8', quantization);
  const a = builder.add('DEPTHWISE_CONV_2D', [x, depthwise], {}, { origin: 'a', outputQuantization: quantization });
  return builder.finish([builder.add('CONV_2D', [a, filter], {}, { origin: 'b', outputQuantization: quantization })]);
}

function randomGraph(seed: number): Graph {
  let state = seed;
  const random = (below: number): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % below;
  const builder = new GraphBuilder(`random ${seed}`);
  const values = [builder.input('x', [1, 1 + random(300)], 'int8', quantization)];
  for (let n = 0; n < 4 + random(20); n++) {
    const input = values[random(values.length)]!;
    const options = { origin: `n${n}`, outputQuantization: quantization };
    if (random(2) === 0) {
      const units = 1 + random(300);
      const filter = builder.constant(
        'w',
        [units, builder.tensor(input).shape[1]!],
        new Int8Array(0),
        'int8',
        quantization,
      );
      values.push(builder.add('FULLY_CONNECTED', [input, filter], {}, options));
    } else {
      values.push(builder.add('ADD', [input, input], {}, options));
    }
  }
  return builder.finish([values[values.length - 1]!]);
}
