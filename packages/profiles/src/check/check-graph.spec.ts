// What the kernel tables refuse and accept, on nodes built by hand.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, operators, tensorAt, type DataType, type Graph, type Node, type Tensor } from '@wherry/graph';
import { checkGraph, checkNode, findProfile, loadProfiles, usableRows, type Target } from '../index.js';

const folder = join(import.meta.dirname, '../../../../device-profiles');
const texts = ['', 'runtimes/'].flatMap((sub) =>
  readdirSync(join(folder, sub))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [sub + name, readFileSync(join(folder, sub, name), 'utf8')] as const),
);
const library = loadProfiles(new Map(texts));
const esp32 = findProfile(library, 'esp32');
const pico = findProfile(library, 'rp2040');

interface Layer {
  readonly types: readonly [DataType, DataType, DataType | null, DataType];
  readonly weightScales?: number;
  readonly inputShape?: readonly number[];
}

function layer(kind: 'CONV_2D' | 'FULLY_CONNECTED', { types, weightScales = 0, inputShape }: Layer): Graph {
  const [input, weights, bias, output] = types;
  const conv = kind === 'CONV_2D';
  const quantization =
    weightScales === 0
      ? undefined
      : { scale: Array<number>(weightScales).fill(0.5), zeroPoint: Array<number>(weightScales).fill(0), axis: 0 };
  const tensors: Tensor[] = [
    { name: 'in', shape: inputShape ?? (conv ? [1, 1, 1, 2] : [1, 2]), dtype: input },
    { name: 'w', shape: conv ? [4, 1, 1, 2] : [4, 2], dtype: weights, quantization },
    { name: 'out', shape: conv ? [1, 1, 1, 4] : [1, 4], dtype: output },
    ...(bias === null ? [] : [{ name: 'b', shape: [4], dtype: bias }]),
  ];
  const node = {
    kind,
    attributes: operators[kind].defaults,
    inputs: [0, 1, bias === null ? null : 3],
    outputs: [2],
    origin: 'model/layer',
  } as unknown as Node;
  return { name: 'g', tensors, nodes: [node], inputs: [0], outputs: [2] };
}

const int8 = ['int8', 'int8', 'int32', 'int8'] as const;

describe('checkGraph', () => {
  it.each<[string, Target, 'CONV_2D' | 'FULLY_CONNECTED', Layer]>([
    ['int8 per axis', esp32, 'CONV_2D', { types: int8, weightScales: 4 }],
    ['int8 per tensor without bias', pico, 'CONV_2D', { types: ['int8', 'int8', null, 'int8'], weightScales: 1 }],
    ['float', pico, 'FULLY_CONNECTED', { types: ['float32', 'float32', 'float32', 'float32'] }],
    ['int16x8', pico, 'CONV_2D', { types: ['int16', 'int8', 'int64', 'int16'], weightScales: 4 }],
    ['fully connected per axis on a runtime that has it', esp32, 'FULLY_CONNECTED', { types: int8, weightScales: 4 }],
    ['fully connected per tensor on one that has not', pico, 'FULLY_CONNECTED', { types: int8, weightScales: 1 }],
  ])('accepts %s', (_, target, kind, given) => {
    expect(checkGraph(target, layer(kind, given))).toEqual([]);
  });

  it('asks nothing of places that stand beside the values: they are int32 whatever the values are', () => {
    const builder = new GraphBuilder('greatest');
    const quantization = { scale: [0.5], zeroPoint: [3], axis: 0 };
    const x = builder.input('x', [1, 9], 'int8', quantization);
    const k = builder.indices('k', [2], []);
    const options = { origin: 'layer', outputQuantization: quantization };
    const graph = builder.finish(builder.addAll('TOPK_V2', [x, k], {}, options));
    expect(checkGraph(findProfile(library, 'host-reference'), graph)).toEqual([]);
    expect(checkGraph(pico, graph).map(({ code }) => code)).toEqual(['PROFILE_OPERATOR_UNSUPPORTED']);
  });

  describe('of several scales on what is no filter', () => {
    const scales = { scale: [0.5, 0.25], zeroPoint: [0, 0], axis: 1 };
    const host = findProfile(library, 'host-reference');
    const phone = findProfile(library, 'android-cpu');
    const codes = (target: Target, graph: Graph): readonly string[] =>
      checkGraph(target, graph).map(({ code }) => code);

    function graphOf(add: (builder: GraphBuilder) => number): Graph {
      const builder = new GraphBuilder('scales');
      return builder.finish([add(builder)]);
    }
    const options = { origin: 'layer', outputQuantization: { scale: [0.5], zeroPoint: [0], axis: 0 } };

    it('takes them of DEQUANTIZE and QUANTIZE where the runtime reads each, and nowhere else', () => {
      const back = graphOf((b) => b.add('DEQUANTIZE', [b.input('x', [1, 2], 'int8', scales)], {}, { origin: 'layer' }));
      const to = { origin: 'layer', outputDtype: 'int8', outputQuantization: scales } as const;
      const there = graphOf((b) => b.add('QUANTIZE', [b.input('x', [1, 2])], {}, to));
      for (const graph of [back, there]) {
        expect([host, phone].flatMap((target) => codes(target, graph))).toEqual([]);
        expect([esp32, pico].flatMap((target) => codes(target, graph))).toEqual([
          'PROFILE_TYPES_UNSUPPORTED',
          'PROFILE_TYPES_UNSUPPORTED',
        ]);
      }
      expect(checkGraph(esp32, back)[0]?.what).toMatch(
        /tensor x is int8 with per-axis scales; the activation must be int8 with per-tensor scales/,
      );
    });

    it.each(['ADD', 'MUL', 'CONCATENATION', 'MAXIMUM'] as const)('refuses them of a constant of %s', (kind) => {
      const graph = graphOf((b) => {
        const c = b.constant('c', [1, 2], Int8Array.of(2, 4), 'int8', scales);
        return b.add(kind, [b.input('x', [1, 2], 'int8', options.outputQuantization), c], {}, options);
      });
      expect([host, phone, esp32].map((target) => codes(target, graph))).toEqual(
        Array<string[]>(3).fill(['PROFILE_TYPES_UNSUPPORTED']),
      );
    });

    it('asks nothing where bytes go through untouched', () => {
      const graph = graphOf((b) => {
        const x = b.input('x', [1, 2], 'int8', scales);
        return b.add(
          'RESHAPE',
          [x],
          { newShape: [1, 1, 2] },
          { ...options, outputQuantization: { ...scales, axis: 2 } },
        );
      });
      expect([host, phone, esp32].flatMap((target) => codes(target, graph))).toEqual([]);
    });
  });

  it('refuses per-axis fully connected weights on a runtime that is too old, and names the version', () => {
    const [diagnostic] = checkGraph(pico, layer('FULLY_CONNECTED', { types: int8, weightScales: 4 }));
    expect(diagnostic).toMatchObject({
      code: 'PROFILE_RUNTIME_TOO_OLD',
      where: 'model/layer',
      what: expect.stringMatching(/per-axis scales on w; 2024-09-27 is the first/) as string,
      next: expect.stringMatching(/per-tensor/) as string,
    });
  });

  it('speaks in the versions of the runtime: esp-tflite-micro 1.3.2 loads such weights and computes wrongly', () => {
    const old = { ...esp32, profile: { ...esp32.profile, runtime: { name: 'tflm-esp-nn', from: '1.3.2' } } };
    const graph = layer('FULLY_CONNECTED', { types: int8, weightScales: 4 });
    expect(checkGraph(old, graph)[0]?.what).toMatch(/1\.3\.4 is the first/);
  });

  it.each<Layer['types']>([
    ['float32', 'int8', 'float32', 'float32'],
    ['float32', 'int8', 'int32', 'int8'],
  ])('refuses a hybrid layer with its own sentence: %s, %s, %s, %s', (...types) => {
    const graph = layer('CONV_2D', { types, weightScales: 4 });
    expect(checkGraph(esp32, graph)).toMatchObject([
      { code: 'PROFILE_TYPES_UNSUPPORTED', what: expect.stringMatching(/tensor w is int8; hybrid/) as string },
    ]);
  });

  it.each<[string, Layer, RegExp]>([
    [
      'a bias',
      { types: ['int8', 'int8', 'float32', 'int8'], weightScales: 4 },
      /tensor b is float32; the bias must be int32/,
    ],
    [
      'an output',
      { types: ['int8', 'int8', 'int32', 'float32'], weightScales: 4 },
      /tensor out is float32; the output must be int8/,
    ],
    [
      'weights',
      { types: ['int8', 'uint8', 'int32', 'int8'], weightScales: 4 },
      /tensor w is uint8; the weights must be int8/,
    ],
  ])('names %s of a wrong type', (_, given, message) => {
    expect(checkGraph(esp32, layer('CONV_2D', given))[0]?.what).toMatch(message);
  });

  it('refuses a number of dimensions that the kernel does not take', () => {
    const graph = layer('CONV_2D', { types: int8, weightScales: 4, inputShape: [1, 1, 2] });
    expect(checkGraph(esp32, graph)).toMatchObject([
      { code: 'PROFILE_LIMIT', what: expect.stringMatching(/\[1, 1, 2\]/) as string },
    ]);
  });

  it('gives the reason for an operator that the runtime does not have', () => {
    const kernels = { ...esp32.kernels, operators: {}, unsupported: { CONV_2D: 'left out of this build' } };
    const graph = layer('CONV_2D', { types: int8, weightScales: 4 });
    const diagnostic = checkNode({ ...esp32, kernels }, graph, graph.nodes[0]!);
    expect(diagnostic).toMatchObject({
      code: 'PROFILE_OPERATOR_UNSUPPORTED',
      what: expect.stringMatching(/left out/) as string,
    });
  });

  it('wants a constant where the kernel does', () => {
    const table = esp32.kernels.operators['CONV_2D']!;
    const kernels = { ...esp32.kernels, operators: { CONV_2D: { ...table, limits: { constantInputs: [1] } } } };
    const graph = layer('CONV_2D', { types: int8, weightScales: 4 });
    expect(checkGraph({ ...esp32, kernels }, graph)[0]?.what).toMatch(/input 1 \(w\) must be a constant/);
    const constant = { ...tensorAt(graph, 1), data: new Int8Array(8) };
    expect(checkGraph({ ...esp32, kernels }, { ...graph, tensors: graph.tensors.with(1, constant) })).toEqual([]);
  });
});

describe('limits of runtimes beside TensorFlow Lite Micro', () => {
  const gpu = findProfile(library, 'android-gpu-fp16');
  const cpu = findProfile(library, 'android-cpu');
  const tpu = findProfile(library, 'edge-tpu');
  const real = { types: ['float32', 'float32', 'float32', 'float32'] } as const;

  it('knows the greatest version of an operator, and of which release', () => {
    const { limits, rows } = cpu.kernels.operators['CONV_2D']!;
    const withVersions = (versions: readonly { max: number; since?: string }[]): Target => {
      const table = { rows, limits: { ...limits, versions } };
      return { ...cpu, kernels: { ...cpu.kernels, operators: { CONV_2D: table } } };
    };
    const graph = layer('CONV_2D', { types: int8, weightScales: 4 });
    expect(checkGraph(withVersions([{ max: 3 }]), graph)).toEqual([]);
    expect(checkGraph(withVersions([{ max: 2 }]), graph)).toMatchObject([
      {
        code: 'PROFILE_LIMIT',
        what: expect.stringMatching(/is version 3 of the operator, and 2 is the last/) as string,
      },
    ]);
    const later = withVersions([{ max: 2 }, { max: 3, since: '2026-01-01' }]);
    expect(checkGraph(later, graph)).toMatchObject([
      { code: 'PROFILE_RUNTIME_TOO_OLD', what: expect.stringMatching(/2\.1\.6 is the first that knows it/) as string },
    ]);
    const newer = { ...later, profile: { ...cpu.profile, runtime: { name: cpu.kernels.name, from: '2.1.6' } } };
    expect(checkGraph(newer, graph)).toEqual([]);
  });

  it('keeps a GPU to real numbers and four dimensions', () => {
    expect(checkGraph(gpu, layer('CONV_2D', real))).toEqual([]);
    expect(checkGraph(gpu, layer('CONV_2D', { types: int8, weightScales: 4 }))[0]?.code).toBe(
      'PROFILE_TYPES_UNSUPPORTED',
    );
    expect(checkGraph(gpu, layer('FULLY_CONNECTED', { ...real, inputShape: [1, 1, 1, 1, 2] }))).toMatchObject([
      { code: 'PROFILE_LIMIT', what: expect.stringMatching(/\[1, 1, 1, 1, 2\].*at most 4 dimensions/) as string },
    ]);
  });

  it('takes hybrid layers on a CPU, depthwise ones per axis only', () => {
    const hybrid = { types: ['float32', 'int8', 'float32', 'float32'], weightScales: 4 } as const;
    expect(checkGraph(cpu, layer('CONV_2D', hybrid))).toEqual([]);
    const depthwise = usableRows(cpu, 'DEPTHWISE_CONV_2D').filter((row) => row.activations !== row.weights);
    expect(depthwise.find((row) => row.activations === 'float32')?.granularity).toEqual(['per-axis']);
  });

  it('keeps the Edge TPU to one sample of 8-bit numbers', () => {
    expect(checkGraph(tpu, layer('CONV_2D', { types: int8, weightScales: 4 }))).toEqual([]);
    expect(checkGraph(tpu, layer('CONV_2D', real))[0]?.code).toBe('PROFILE_TYPES_UNSUPPORTED');
    expect(checkGraph(tpu, layer('CONV_2D', { types: int8, weightScales: 4, inputShape: [2, 1, 1, 2] }))).toMatchObject(
      [
        {
          code: 'PROFILE_LIMIT',
          what: expect.stringMatching(/only its last 3 dimensions may be larger than 1/) as string,
        },
      ],
    );
  });
});

describe('usableRows', () => {
  it('leaves out what the runtime of the profile does not have yet', () => {
    const perAxis = (target: Target) =>
      usableRows(target, 'FULLY_CONNECTED').some(
        (row) => row.activations === 'int8' && row.granularity?.includes('per-axis'),
      );
    expect([perAxis(esp32), perAxis(pico)]).toEqual([true, false]);
  });
});
