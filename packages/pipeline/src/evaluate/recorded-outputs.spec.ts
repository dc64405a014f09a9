// Outputs of a device beside those of this host: integers and real values, what they are told apart by, and what is refused.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceEngine, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { quantizeFeeds } from '@wherry/quantizer';
import { attempt } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { smallModel, type SmallModel } from '../testing/small-model.js';
import { evaluateModel, type EvaluateRequest } from './evaluate-model.js';
import { evaluationText } from './evaluation-text.js';

const [samples, classes] = [40, 4];
const host = deployHost('reference');
let small: SmallModel;
let int8: string;
let graph: Graph;
/** What the device gave. */
let answers: number[][];

const wave = (row: number): number[] =>
  Array.from({ length: 32 }, (_, i) => (((i * 37 + row * 101 + ((i * i) % 13) * 7) % 129) - 64) / 64);

beforeAll(async () => {
  small = smallModel({ scheme: 'int8' });
  const { deployment } = await attempt(small.request, await readProfileFolder(), host, noProgress);
  int8 = at('int8.tflite');
  writeFileSync(int8, deployment!.tflite);
  graph = importModel(deployment!.tflite).graph;
  const executor = await referenceEngine.prepare(graph);
  answers = [];
  for (let row = 0; row < samples; row++) {
    const [scores] = await executor.run(quantizeFeeds(graph, [Float32Array.from(wave(row))]));
    answers.push(Array.from(scores as Int8Array));
  }
});
afterAll(() => small.remove());

const at = (name: string): string => join(small.folder, name);

type Stored = '|i1' | '<i8' | '<f4';

function npy(name: string, rows: readonly (readonly number[])[], stored: Stored): string {
  const flat = rows.flat();
  const data =
    stored === '|i1'
      ? Int8Array.from(flat)
      : stored === '<i8'
        ? BigInt64Array.from(flat, BigInt)
        : Float32Array.from(flat);
  const header = `{'descr': '${stored}', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0]!.length}), }`;
  const padded = header.padEnd(128 - 10 - 1, ' ') + '\n';
  const length = Uint8Array.of(padded.length & 255, padded.length >> 8);
  writeFileSync(
    at(name),
    Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(padded), Buffer.from(data.buffer)]),
  );
  return at(name);
}

function csv(name: string, rows: readonly (readonly number[])[]): string {
  writeFileSync(at(name), `${rows.map((row) => row.join(',')).join('\n')}\n`);
  return at(name);
}

const real = (rows: readonly (readonly number[])[]): number[][] => {
  const { scale, zeroPoint } = tensorAt(graph, graph.outputs[0]!).quantization!;
  return rows.map((row) => row.map((value) => (value - zeroPoint[0]!) * scale[0]!));
};

const evaluated = (outputs: string, changes: Partial<EvaluateRequest> = {}) =>
  evaluateModel(
    { model: int8, evaluation: small.request.calibration, outputs: [outputs], ...changes },
    host,
    noProgress,
  );

async function refusal(...given: Parameters<typeof evaluated>): Promise<WherryError> {
  try {
    await evaluated(...given);
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('it was let through');
}

it.each<readonly [string, () => string, 'integers' | 'real values']>([
  ['int8', () => npy('i8.npy', answers, '|i1'), 'integers'],
  ['int64', () => npy('i64.npy', answers, '<i8'), 'integers'],
  ['float32', () => npy('f32.npy', real(answers), '<f4'), 'real values'],
  ['text of integers', () => csv('integers.csv', answers), 'integers'],
  ['text of real values', () => csv('real.csv', real(answers)), 'real values'],
  [
    'bytes',
    () => {
      writeFileSync(at('plain.bin'), Int8Array.from(answers.flat()));
      return `raw:${at('plain.bin')}?dtype=int8&shape=${classes}`;
    },
    'integers',
  ],
])('are equal to those of the host where they are: %s', async (_, file, read) => {
  const { accuracy, outputs, ownAccuracy } = await evaluated(file());
  expect(outputs).toMatchObject([{ rows: samples, read }]);
  expect(accuracy[0]).toMatchObject({ greatestError: expect.closeTo(0, 6) as number, top1: { agree: samples } });
  expect(ownAccuracy).toBeNull();
});

it('shows a device that exchanges two classes, and one that is wrong once', async () => {
  const [base] = (await evaluated(npy('base.npy', answers, '|i1'))).accuracy;
  const right = base!.top1!.floatRight;
  const exchanged = answers.map(([a, b, c, d]) => [c!, d!, a!, b!]);
  const swapped = await evaluated(npy('swapped.npy', exchanged, '|i1'));
  expect(swapped.accuracy[0]!.top1).toMatchObject({ agree: 0, floatRight: right });
  const reversed = answers.map((row, i) => (i === 7 ? [...row].reverse() : row));
  const once = await evaluated(npy('once.npy', reversed, '|i1'));
  expect(once.accuracy[0]!.top1).toMatchObject({ agree: samples - 1 });
  expect(once.accuracy[0]!.top1!.chance!.difference!.verdict).toBe('within chance');
  const text = evaluationText(once);
  expect(text).toMatch(/^outputs {6}\S+: once\.npy \(npy\), 40 rows of integers, real = 0\.003906 \* \(q \+ 128\)$/m);
  expect(text).toMatch(/what was recorded against the model on this host on 40 evaluation samples/);
  expect(text).toMatch(/top-1 host .*, recorded .* of 40 labelled/);
});

it('holds them against another model where one is given', async () => {
  const against = small.request.model;
  const { accuracy, outputs } = await evaluated(npy('beside.npy', answers, '|i1'), { against });
  const plain = await evaluateModel({ model: int8, against, evaluation: small.request.calibration }, host, noProgress);
  expect(accuracy[0]!.top1).toEqual(plain.accuracy[0]!.top1);
  expect(outputs).toHaveLength(1);
});

it('refuses rows that are not those of the samples', async () => {
  for (const file of [npy('few.npy', answers.slice(1), '|i1'), csv('few.csv', answers.slice(1))])
    expect((await refusal(file)).message).toMatch(/OUTPUTS_MISFIT: 39 rows of outputs and 40 samples/);
  expect((await refusal(csv('more.csv', [...answers, answers[0]!]))).message).toMatch(
    /41 rows of outputs and 40 samples/,
  );
  // As it says.
  const few = await evaluated(npy('ten.npy', answers.slice(0, 10), '|i1'), { evaluation: tenSamples() });
  expect(few.accuracy[0]!.samples).toBe(10);
  const wide = await refusal(
    npy(
      'wide.npy',
      answers.map((row) => [...row, 0]),
      '|i1',
    ),
  );
  expect(wide.message).toMatch(/OUTPUTS_MISFIT: the sample is 5 and output ".*" takes 4/);
});

function tenSamples(): string {
  const rows = Array.from({ length: 10 }, (_, row) => [...wave(row), row % classes]);
  return `${csv('ten-samples.csv', rows)}?label=32&header=no`;
}

it('refuses numbers that may be two things, or none, and its advice helps', async () => {
  const near = await refusal(
    csv(
      'either.csv',
      answers.map(() => [0, 1, 0, 0]),
    ),
  );
  expect(near.message).toMatch(
    /OUTPUTS_MISFIT: the file holds whole numbers, 0 to 1, which may be int8 or real values of 0 to 0\.9961/,
  );
  expect(near.details.next).toContain('y.astype(np.int8)');
  expect(
    (
      await evaluated(
        npy(
          'said.npy',
          answers.map(() => [0, 1, 0, 0]),
          '|i1',
        ),
      )
    ).outputs[0]!.read,
  ).toBe('integers');
  const wrong = await refusal(npy('float-integers.npy', answers, '<f4'));
  expect(wrong.message).toMatch(/real numbers, -\d+ to \d+, and the output of MODEL goes from 0 to 0\.9961/);
  expect(wrong.details.next).toContain('they seem to be int8: save them as such');
  const beyond = await refusal(
    npy(
      'beyond.npy',
      answers.map((row) => row.map(() => 300)),
      '<i8',
    ),
  );
  expect(beyond.message).toMatch(/the file holds int64, 300 to 300, and the output of MODEL is int8/);
  const scaleless = await refusal(npy('scaleless.npy', answers, '|i1'), { model: small.request.model });
  expect(scaleless.message).toMatch(/the output of MODEL is float32, which has no scale/);
  expect((await evaluated(npy('scaled.npy', answers, '|i1'), { against: small.request.model })).accuracy).toHaveLength(
    1,
  );
  const named = await evaluated(`${tensorAt(graph, graph.outputs[0]!).name}=${npy('named.npy', answers, '|i1')}`);
  expect(named.outputs).toHaveLength(1);
});
