// Models by themselves and side by side: the figures of a deployment, and what was planted seen for what it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, WherryError, type Graph } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { attempt } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { accuracyReport } from '../report/report.js';
import { leftOpen } from '../testing/small-model.js';
import { irregular, tableGraph, tableRun, type TableRun } from '../testing/table-model.js';
import { evaluateModel, type EvaluateRequest } from './evaluate-model.js';
import { evaluationText } from './evaluation-text.js';

const [rows, features, classes] = [200, 6, 4];
const weights = Array.from({ length: classes }, (_, i) =>
  Array.from({ length: features }, (_, j) => 2 * irregular(i * features + j)),
);
const host = deployHost('reference');

let run: TableRun;
beforeEach(() => (run = tableRun()));
afterEach(() => run.remove());

const inputsOf = (row: number): number[] =>
  Array.from({ length: features }, (_, j) => irregular(1000 + row * features + j));
const classOf = (row: number): number => {
  const scores = weights.map((own) => own.reduce((sum, w, j) => sum + w * inputsOf(row)[j]!, 0));
  return scores.indexOf(Math.max(...scores));
};
/** Right in nine of ten. */
const labelOf = (row: number): number => (row % 10 === 0 ? (classOf(row) + 1) % classes : classOf(row));
const all = Array.from({ length: rows }, (_, row) => row);

function labelled(name = 'data.csv', label: (row: number) => number | string = labelOf): string {
  return `${run.table(
    name,
    all.map((row) => [...inputsOf(row), label(row)]),
  )}?label=${features}&header=no`;
}

function saved(name: string, graph: Graph): string {
  writeFileSync(join(run.folder, name), encode(graphToModel(graph)));
  return join(run.folder, name);
}

const floatModel = (name = 'float.tflite', changed = weights): string => saved(name, tableGraph(changed, 'SOFTMAX'));

const evaluated = (request: EvaluateRequest) => evaluateModel(request, host, noProgress);

async function refusal(request: EvaluateRequest): Promise<WherryError> {
  try {
    await evaluated(request);
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('it was let through');
}

/** As deploy makes it, with the report of that run. */
async function deployed(data: string) {
  const library = await readProfileFolder();
  const request = run.request(tableGraph(weights, 'SOFTMAX'), { profile: 'esp32', calibration: data });
  const { deployment } = await attempt(request, library, host, noProgress);
  writeFileSync(join(run.folder, 'int8.tflite'), deployment!.tflite);
  return { deployment: deployment!, int8: join(run.folder, 'int8.tflite') };
}

it('gives the figures of the deployment for its model beside the float one', async () => {
  const data = labelled();
  const { deployment, int8 } = await deployed(data);
  const evaluation = await evaluated({ model: int8, against: floatModel(), evaluation: data });
  const [own] = evaluation.accuracy;
  const [report] = accuracyReport(deployment.accuracy);
  // The names of the file stand in the place of those of the graph.
  expect({ ...own, name: '' }).toEqual({
    ...report,
    name: '',
    sqnrDb: expect.closeTo(report!.sqnrDb!, 3) as number,
    cosine: expect.closeTo(report!.cosine, 6) as number,
    greatestError: expect.closeTo(report!.greatestError, 6) as number,
    meanError: expect.closeTo(report!.meanError, 6) as number,
  });
  expect(own!.top1).toMatchObject({ decisions: rows, labelled: rows, floatRight: 180 });
  expect(evaluation).toMatchObject({ ownAccuracy: null, lossBeyondChance: false });
  expect([evaluation.model.numbers, evaluation.against!.numbers]).toEqual([expect.stringContaining('int8'), 'float32']);
});

it('gives the figures of a quantized model by itself as a deployment of it does', async () => {
  const data = labelled();
  const { int8 } = await deployed(data);
  const library = await readProfileFolder();
  const request = {
    ...run.request(tableGraph(weights, 'SOFTMAX'), leftOpen),
    profile: 'esp32',
    model: int8,
    evaluation: data,
  };
  const { deployment } = await attempt(request, library, host, noProgress);
  const { ownAccuracy, accuracy } = await evaluated({ model: int8, evaluation: data });
  expect(ownAccuracy).toEqual(deployment!.ownAccuracy);
  expect(ownAccuracy![0]!.top1!.chance).toBeDefined();
  expect(accuracy).toEqual([]);
});

it('takes every sample where no number is given', async () => {
  const many = run.table(
    'many.csv',
    Array.from({ length: 600 }, (_, row) => [...inputsOf(row), classOf(row)]),
  );
  const data = `${many}?label=${features}&header=no`;
  const of = async (samples?: number) =>
    (await evaluated({ model: floatModel(), evaluation: data, samples })).ownAccuracy![0]!.top1;
  expect(await of()).toMatchObject({ labelled: 600, right: 600 });
  expect(await of(50)).toMatchObject({ labelled: 50 });
});

it('calls two exchanged classes a loss, and says so to whoever asks', async () => {
  const exchanged = [weights[1]!, weights[0]!, ...weights.slice(2)];
  const evaluation = await evaluated({
    model: floatModel('exchanged.tflite', exchanged),
    against: floatModel(),
    evaluation: labelled(),
  });
  expect(evaluation.accuracy[0]!.top1!.chance!.difference).toMatchObject({ verdict: 'loss' });
  expect(evaluation.lossBeyondChance).toBe(true);
  const text = evaluationText(evaluation);
  expect(text).toMatch(/^model {8}exchanged\.tflite \(tflite.*\), float32$/m);
  expect(text).toMatch(/^against {6}float\.tflite/m);
  expect(text).toMatch(/^accuracy {5}the model against the other model on 200 evaluation samples; 95 % intervals/m);
  expect(text).toMatch(
    /top-1 other 90\.0 % \(.*\), model .* of 200 labelled\n +-.* points \(.*\): a loss beyond chance/,
  );
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  // The other way round it is a gain.
  const back = await evaluated({
    model: floatModel(),
    against: floatModel('exchanged.tflite', exchanged),
    evaluation: labelled(),
  });
  expect(back.accuracy[0]!.top1!.chance!.difference!.verdict).toBe('gain');
  expect(back.lossBeyondChance).toBe(false);
});

it('numbers classes by the names that are given', async () => {
  const names = ['w', 'x', 'y', 'z'];
  const data = labelled('named.csv', (row) => names[labelOf(row)]!);
  const { ownAccuracy } = await evaluated({ model: floatModel(), evaluation: data, labels: names });
  expect(ownAccuracy).toMatchObject([{ top1: { labelled: rows, right: 180 } }]);
  const other = await refusal({ model: floatModel(), evaluation: data, labels: ['x', 'w', 'y', 'z'] });
  expect(other.message).toMatch(/LABELS_ORDER.*--labels w,x,y,z/s);
});

it('refuses what there is nothing to say of, and its advice helps', async () => {
  const plain = run.table('plain.csv', all.map(inputsOf));
  const bare = { model: floatModel(), evaluation: `${plain}?header=no` };
  const nothing = await refusal(bare);
  expect([nothing.definition.code, nothing.details.next]).toEqual([
    'EVALUATION_NOTHING',
    'give labelled samples; or give another model to compare with, --against MODEL',
  ]);
  const { accuracy } = await evaluated({ ...bare, against: floatModel() });
  expect(accuracy).toMatchObject([{ sqnrDb: null, top1: { decisions: rows, agree: rows, labelled: 0 } }]);
  const misfit = await refusal({ ...bare, evaluation: labelled('beyond.csv', (row) => (row % classes) + 1) });
  expect(misfit.message).toMatch(/EVALUATION_NOTHING: label 4 is no class.*count from 0.*--against MODEL/s);
});

it('warns where the model does not do what the labels say, and says which', async () => {
  const warned = async (request: Partial<EvaluateRequest>) => {
    const evaluation = labelled('shifted.csv', (row) => (classOf(row) + 1) % classes);
    const { warnings } = await evaluated({ model: floatModel(), evaluation, ...request });
    return warnings.find(({ code }) => code === 'MODEL_WRONG')?.where;
  };
  expect(await warned({})).toMatch(/^output .* of float\.tflite$/);
  expect(await warned({ model: floatModel('other.tflite'), against: floatModel('source.tflite') })).toMatch(
    /of source\.tflite$/,
  );
  expect(await warned({ evaluation: labelled() })).toBeUndefined();
});

it('follows a declared task, and refuses one that cannot be', async () => {
  const [model, evaluation] = [saved('linear.tflite', tableGraph(weights, 'linear')), labelled()];
  const { ownAccuracy } = await evaluated({ model, evaluation, task: ['embedding'] });
  expect(ownAccuracy).toMatchObject([{ task: 'embedding', embedding: { labelled: rows, pairs: (rows * 199) / 2 } }]);
  const text = evaluationText(await evaluated({ model, against: model, evaluation, task: ['embedding'] }));
  expect(text).toMatch(/cosine to other by sample: mean 1\.00000, least 1\.00000/);
  expect(text).toMatch(/same nearest neighbour in 200 of 200: 100\.0 %/);
  expect(text).toMatch(/AUC of cosines over 19900 pairs, other 0\.\d{4} \(/);
  expect((await refusal({ model, evaluation, task: ['reconstruction'] })).definition.code).toBe('TASK_IMPOSSIBLE');
});

it('judges an autoencoder without any label, and by recordings where windows are cut', async () => {
  const again = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => (i === j ? 0.9 : 0)));
  const model = saved('again.tflite', tableGraph(again, 'linear'));
  const data = run.table(
    'moments.csv',
    Array.from({ length: 80 }, (_, row) => [irregular(row), irregular(500 + row), Math.floor(row / 8) % 2]),
  );
  const evaluation = `${data}?label=2&header=no&window=2&stride=2`;
  const { ownAccuracy } = await evaluated({ model, evaluation });
  const mse =
    Array.from({ length: 80 }, (_, row) => (0.01 * (irregular(row) ** 2 + irregular(500 + row) ** 2)) / 2).reduce(
      (sum, each) => sum + each,
      0,
    ) / 80;
  expect(ownAccuracy).toMatchObject([
    {
      task: 'reconstruction',
      samples: 40,
      recordings: 10,
      reconstruction: { mse: expect.closeTo(mse, 6) as number, ranked: 10, auc: expect.any(Number) as number },
    },
  ]);
  const text = evaluationText(await evaluated({ model, against: model, evaluation }));
  expect(text).toMatch(
    /mean squared distance from the input other 0\.\d+, model 0\.\d+\n +0 \(0 to 0\): within chance/,
  );
  expect(text).toMatch(/AUC of that distance, by 10 recordings, other/);
});

/** Scores and the input again, from two inputs; `turned`: all in another order, under names of its own. */
function twoEnds(turned: boolean): Graph {
  const builder = new GraphBuilder('two');
  const ends = turned ? (['b', 'a'] as const) : (['a', 'b'] as const);
  const inputs = new Map(ends.map((end) => [end, builder.input(end, [1, end === 'a' ? 3 : 5], 'float32')]));
  const scores = builder.add('SOFTMAX', [inputs.get('a')!], { beta: 1 }, { origin: turned ? 'one' : 'scores' });
  const other = builder.add('TANH', [inputs.get('b')!], {}, { origin: turned ? 'two' : 'other' });
  return builder.finish(turned ? [other, scores] : [scores, other]);
}

it('finds what belongs together by name and by shape', async () => {
  const samples = Array.from({ length: 20 }, (_, row) => ({
    inputs: [
      Float32Array.from({ length: 3 }, (_, i) => irregular(row * 8 + i)),
      Float32Array.from({ length: 5 }, (_, i) => irregular(row * 8 + 3 + i)),
    ],
  }));
  const request = {
    model: saved('plain.tflite', twoEnds(false)),
    against: saved('turned.tflite', twoEnds(true)),
    evaluation: { name: 'samples', samples },
  };
  const { accuracy, warnings } = await evaluated(request);
  expect(accuracy).toMatchObject([
    { task: 'classes', sqnrDb: null, top1: { decisions: 20, agree: 20 } },
    { task: 'values', sqnrDb: null },
  ]);
  // Nor that there are few.
  expect(warnings.map(({ code }) => code)).toEqual([]);
  const apart = await refusal({ ...request, against: floatModel() });
  expect(apart.message).toMatch(
    /EVALUATION_ENDS: plain\.tflite takes a \[1, 3\], b \[1, 5\] and float\.tflite takes x/,
  );
  const narrow = await refusal({
    model: floatModel(),
    against: floatModel('n.tflite', weights.slice(1)),
    evaluation: labelled(),
  });
  expect(narrow.message).toMatch(/EVALUATION_ENDS: float\.tflite gives .* \[1, 4\] and n\.tflite gives .* \[1, 3\]/);
});

it('warns of what only the order matches', async () => {
  const twins = (names: readonly string[]): Graph => {
    const builder = new GraphBuilder('twins');
    const input = builder.input('x', [1, 3], 'float32');
    return builder.finish(names.map((origin) => builder.add('TANH', [input], {}, { origin })));
  };
  const samples = Array.from({ length: 10 }, (_, row) => ({
    inputs: [Float32Array.from({ length: 3 }, (_, i) => irregular(row * 3 + i))],
  }));
  const [first, second] = [twins(['a', 'b']), twins(['c', 'd'])];
  const { warnings } = await evaluated({
    model: saved('first.tflite', first),
    against: saved('second.tflite', second),
    evaluation: { name: 'samples', samples },
  });
  expect(warnings.filter(({ code }) => code === 'EVALUATION_PAIRING')).toHaveLength(1);
});

it('reads a model whose file is not there for what it is', async () => {
  expect((await refusal({ model: join(run.folder, 'none.tflite'), evaluation: labelled() })).definition.code).toBe(
    'MODEL_UNREADABLE',
  );
  expect(readFileSync(floatModel()).length).toBeGreaterThan(0);
});
