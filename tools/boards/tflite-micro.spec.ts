// The agent's backend of TensorFlow Lite Micro around a stand-in of its public interface, under sanitizers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { interpretedProgram } from '@wherry/agent-exporter';
import { exportInterpreted } from '@wherry/c-exporter';
import { modelNames } from '@wherry/c-source';
import { processPort, Session, systemTime, type ExpectedDevice } from '@wherry/serial-profiler';
import { agentSources } from '../../packages/agent-exporter/src/agent-sources.js';
import { mlperfClient } from './mlperf-client.js';
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';

const standIn = (file: string): string => readFileSync(join(import.meta.dirname, 'stand-ins', file), 'utf8');
const headers = [
  'micro/memory_helpers.h',
  'micro/micro_interpreter.h',
  'micro/micro_op_resolver.h',
  'schema/schema_generated.h',
].map((path) => `tensorflow/lite/${path}`);
const sources = Object.keys(agentSources).filter(
  (path) => /^[^/]+\.c$/.test(path) || ['ports/posix.c', 'backends/tflite-micro.cc'].includes(path),
);

const expected: ExpectedDevice = {
  model: Buffer.from([1, 2, 3, ...new Uint8Array(29)]).toString('hex'),
  layout: { inputs: [4], outputs: [4], operators: 3, tensors: [0, 1, 2].map((operator) => ({ operator, bytes: 4 })) },
  arenaBytes: 64,
  profile: 'host-reference',
};

const sanitizers = ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

/** The agent's own files as C, as projects have them. */
function build(folder: BuildFolder, name: string, more: readonly string[] = []): string {
  const objects = sources.map((source) =>
    folder.compile(`agent/${source}`, source.endsWith('.cc') ? 'c++17' : 'c11', [...sanitizers, ...more]),
  );
  return `${folder.path}/${folder.link([...objects, ...sanitizers], name)}`;
}

/** Of its public interface what a model's own registration calls. */
const mutableResolver = `#include "tflite-micro.h"
namespace tflite {
template <unsigned count>
class MicroMutableOpResolver : public MicroOpResolver {
 public:
  const TFLMRegistration *FindOp(int) const override { return nullptr; }
  TfLiteStatus AddConv2D() { return kTfLiteOk; }
  TfLiteStatus AddSoftmax() { return kTfLiteOk; }
};
}  // namespace tflite
`;

/** What the operators of the stand-in leave. */
function layersOf(input: Uint8Array): readonly Uint8Array[] {
  const first = input.map((value) => value + 1);
  const second = first.map((value) => 2 * value);
  return [first, second, second.map((value) => value + 1)];
}

describeCompiled('the agent around TensorFlow Lite Micro', () => {
  let folder: BuildFolder;
  beforeAll(() => {
    folder = buildFolder();
    folder.write(
      new Map([
        ...Object.entries(agentSources).map(([path, text]) => [`agent/${path}`, text] as const),
        ...headers.map((path) => [path, '#include "tflite-micro.h"\n'] as const),
        ['tflite-micro.h', standIn('tflite-micro.h')],
        ['agent-model.h', standIn('agent-model-tflite-micro.h')],
      ]),
    );
  });
  afterAll(() => folder.remove());

  it('gives every layer, times every operator, and says with which code a kernel failed', async () => {
    const port = processPort(build(folder, 'whole'));
    try {
      const session = await Session.open({ port, time: systemTime, expected, number: () => 4711 });
      expect(session.identity).toMatchObject({ runtime: 'tflm-reference', operators: 3, tensors: 3 });
      for (const input of [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(9, 8, 255, 0)]) {
        const seen: Uint8Array[] = [];
        const layers = layersOf(input);
        expect(await session.layers([input], (_, bytes) => seen.push(bytes))).toEqual([layers[2]]);
        expect(seen).toEqual(layers);
        expect(await session.infer([input])).toEqual([layers[2]]);
      }
      const { operators } = await session.time([Uint8Array.of(1, 1, 1, 1)], { count: 3, warmUp: 1 });
      expect(operators).toHaveLength(3);
      expect(await session.memory()).toMatchObject({ arenaBytes: 64, arenaUsed: 8 });
      // The second kernel takes nothing above 100.
      const failing = Uint8Array.of(101, 0, 0, 0);
      await expect(session.infer([failing])).rejects.toThrow(/DEVICE_RUN_FAILED[^]*\b1\b/);
      const given: number[] = [];
      await expect(session.layers([failing], (tensor) => given.push(tensor))).rejects.toThrow('DEVICE_RUN_FAILED');
      expect(given).toEqual([0]);
    } finally {
      port.close();
    }
    expect(port.errors()).toEqual([]);
  }, 60_000);

  it('runs no model whose operators have no order', async () => {
    const port = processPort(build(folder, 'nested', ['-DSTAND_IN_SUBGRAPHS=2']));
    try {
      const session = await Session.open({ port, time: systemTime, expected, number: () => 4711 });
      await expect(session.infer([Uint8Array.of(1, 2, 3, 4)])).rejects.toThrow(/102/);
    } finally {
      port.close();
    }
    expect(port.errors()).toEqual([]);
  }, 60_000);

  it('speaks MLPerf Tiny with the scale of the output', async () => {
    const port = processPort(build(folder, 'mlperf', ['-DWHERRY_MLPERF_BYTES=4u']));
    try {
      const client = await mlperfClient(port);
      await client.load(Uint8Array.of(1, 2, 3, 4));
      // 2 (x + 1) + 1, less a zero point of -1, times a half.
      expect((await client.ask('infer 2 1')).at(-1)).toBe('m-results-[3.000,4.000,5.000,6.000]');
    } finally {
      port.close();
    }
    expect(port.errors()).toEqual([]);
  }, 60_000);

  it('compiles with what is written of a model', () => {
    const [name, symbol] = ['eye', 'the_eye'];
    const names = modelNames({ name, symbol });
    const about = { sha256: 'ab'.repeat(32), arenaBytes: 1024, profile: 'esp32', toolVersion: '0.1.0' };
    const runs = { runtime: 'tflm-reference', operators: 2, operatorCodes: 1, inputBytes: 16 };
    const { files, sources: all } = interpretedProgram({ name, names, ...about, ...runs }, 'posix');
    const exported = exportInterpreted({
      ...{ name, symbol, modelName: 'eye.h5', model: Uint8Array.of(1, 2, 3), profileId: 'esp32', arrayFormat: 'hex' },
      ...{ resolverMethods: ['AddConv2D', 'AddSoftmax'], hashes: { model: about.sha256 } },
      ...{ placement: { section: null, why: 'anywhere' }, tool: { name: 'wherry', version: '0.1.0' } },
    });
    const own = buildFolder();
    try {
      own.write(
        new Map([
          ...files,
          ...[...exported].map(([file, { text }]) => [file, text] as const),
          ...headers.map((path) => [path, '#include "tflite-micro.h"\n'] as const),
          ['tensorflow/lite/micro/micro_mutable_op_resolver.h', mutableResolver],
          ['tflite-micro.h', standIn('tflite-micro.h')],
        ]),
      );
      for (const source of all.filter((path) => path.endsWith('.cc')))
        expect(() => own.compile(source, 'c++17', ['-I.'])).not.toThrow();
      expect(all.filter((path) => path.endsWith('.cc'))).toEqual(['agent/backends/tflite-micro.cc', 'eye_data.cc']);
    } finally {
      own.remove();
    }
  }, 60_000);
});
