// What is made for a target is in the form that its runtime runs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { checkGraph } from '@wherry/profiles';
import { deploy } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
const host = deployHost('reference');
let small: SmallModel;
afterEach(() => small.remove());

it.each([
  ['android-cpu', { scheme: 'int8', outputType: 'int16' }],
  ['raspberry-pi-5', { scheme: 'int16x8', inputType: 'int8' }],
] as const)('has no QUANTIZE from int8 to int16 on %s, whose runtime gained it later', async (profile, asked) => {
  small = smallModel({ profile, ...asked });
  const { quantized, steps } = await deploy(small.request, library, host, noProgress);
  const { graph } = quantized;
  const conversions = graph.nodes
    .filter(({ kind }) => kind === 'QUANTIZE')
    .map(({ inputs, outputs }) => [tensorAt(graph, inputs[0]!).dtype, tensorAt(graph, outputs[0]!).dtype].join(' to '));
  expect(conversions).toContain('float32 to int16');
  expect(conversions).not.toContain('int8 to int16');
  expect(steps.map(({ rewrite }) => rewrite)).toContain('convert-over-reals');
});

it('keeps it where the runtime has it', async () => {
  small = smallModel({ profile: 'esp32', scheme: 'int8', outputType: 'int16' });
  const { steps } = await deploy(small.request, library, host, noProgress);
  expect(steps.map(({ rewrite }) => rewrite)).not.toContain('convert-over-reals');
});

/** The RELU of its first layer cuts all of it off, whatever the samples are. */
function withDeadLayer(): Graph {
  const builder = new GraphBuilder('dead');
  const x = builder.input('x', [1, 32]);
  const constant = (name: string, shape: readonly number[], of: (i: number) => number): number => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => of(i));
    return builder.constant(name, shape, data, 'float32');
  };
  const off = constant('off', [4], () => -50);
  const dead = builder.add(
    'FULLY_CONNECTED',
    [x, constant('w', [4, 32], (i) => Math.sin(i)), off],
    { activation: 'RELU' },
    { origin: 'dead' },
  );
  const live = builder.add('FULLY_CONNECTED', [x, constant('v', [4, 32], Math.cos), null], {}, { origin: 'live' });
  return builder.finish([builder.add('ADD', [dead, live], {}, { origin: 'sum' })]);
}

it.each([
  ['android-cpu', 'int8'],
  ['raspberry-pi-5', 'int4'],
  ['edge-tpu', 'int8'],
] as const)('has no output on %s (%s) whose steps its kernels cannot scale to', async (profile, scheme) => {
  small = smallModel({ profile, scheme });
  const model = join(small.folder, 'dead.tflite');
  writeFileSync(model, encode(graphToModel(withDeadLayer())));
  const { quantized, target } = await deploy({ ...small.request, model }, library, host, noProgress);
  expect(checkGraph(target, quantized.graph)).toEqual([]);
  const { nodes } = quantized.plan!;
  expect(nodes.length).toBeGreaterThan(0);
  expect([...quantized.plan!.written.values()].map(({ reason }) => reason).join()).toContain('widened for the runtime');
});

it('refuses a given file in which there is one', async () => {
  small = smallModel({ profile: 'android-cpu' });
  const builder = new GraphBuilder('given');
  const step = (scale: number) => ({ scale: [Math.fround(scale)], zeroPoint: [0], axis: 0 });
  const x = builder.input('x', [1, 4], 'int8', step(0.05));
  const w = builder.constant('w', [2, 4], new Int8Array(8).fill(3), 'int8', step(0.01));
  const options = { origin: 'dense', outputQuantization: step(1e-9) };
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [x, w, null], {}, options)]);
  const model = join(small.folder, 'given.tflite');
  writeFileSync(model, encode(graphToModel(graph)));
  const request = { ...small.request, model, calibration: undefined, ...asItIs };
  await expect(deploy(request, library, host, noProgress)).rejects.toThrow(
    /FULLY_CONNECTED in litert-xnnpack 2\.1\.0: the scale of x times that of w is 5\.00e\+5 times that of dense/,
  );
  await expect(deploy({ ...request, profile: 'esp32' }, library, host, noProgress)).resolves.toBeDefined();
});

const asItIs = {
  method: 'auto',
  biasCorrection: 'auto',
  equalization: 'auto',
  rounding: 'auto',
  weightClipping: 'auto',
} as const;
