// Outputs that were recorded elsewhere, as on a device: one row for each sample, integers read with the scale of the model.
import { basename } from 'node:path';
import { openDataset, parseDataSource, type Dataset } from '@wherry/calibration-data';
import {
  counted,
  integerRange,
  tensorAt,
  WherryError,
  type DataType,
  type Graph,
  type Quantization,
  type Tensor,
} from '@wherry/graph';
import { evaluationDiagnostics } from '../evaluation-diagnostics.js';
import { allSamples } from '../inputs/datasets.js';
import type { RecordedOutputs } from './evaluation.js';

export interface Recorded {
  /** Of the model's outputs. */
  readonly position: number;
  readonly report: RecordedOutputs;
  /** In real values, in the order of the file. */
  rows(): AsyncGenerator<Float64Array, void>;
}

interface Survey {
  readonly rows: number;
  readonly least: number;
  readonly greatest: number;
  readonly whole: boolean;
}

/** `words`: `[FORMAT:]PATH` for a model of one output, `OUTPUT=[FORMAT:]PATH` for others. Throws OUTPUTS_MISFIT and DATA_ errors. */
export async function openRecorded(words: readonly string[], graph: Graph): Promise<readonly Recorded[]> {
  const found: Recorded[] = [];
  for (const word of words) {
    const { position, path } = wordOf(word, graph);
    if (found.some((each) => each.position === position))
      refuse(`two files are given for output ${nameAt(graph, position)}`, word, 'give one for each output');
    found.push(await openOne(path, graph, position));
  }
  return found;
}

/** Throws OUTPUTS_MISFIT unless there is one row for each sample. */
export function requireRows({ report }: Recorded, samples: number): void {
  if (report.rows === samples) return;
  refuse(
    `${counted(report.rows, 'row')} of outputs and ${counted(samples, 'sample')}`,
    report.name,
    'record one row for each sample of the data, in its order; with --samples, for those that are taken',
  );
}

function wordOf(word: string, graph: Graph): { readonly position: number; readonly path: string } {
  const names = graph.outputs.map((_, position) => nameAt(graph, position));
  const position = names.findIndex((name) => word.startsWith(`${name}=`));
  if (position >= 0) return { position, path: word.slice(names[position]!.length + 1) };
  if (names.length === 1) return { position: 0, path: word };
  const next = `say which each file is of: ${names.map((name) => `--outputs ${name}=FILE`).join(', ')}`;
  return refuse(`the model has ${names.length} outputs`, word, next);
}

async function openOne(path: string, graph: Graph, position: number): Promise<Recorded> {
  const output = tensorAt(graph, graph.outputs[position]!);
  const source = parseDataSource(path);
  const dataset = await open(source, output);
  const survey = await surveyOf(dataset);
  const asIntegers = isOfIntegers(dataset, survey, output, path);
  const { quantization } = output;
  const [scale, zeroPoint] = [quantization?.scale[0] ?? 1, quantization?.zeroPoint[0] ?? 0];
  const { fround } = Math;
  return {
    position,
    report: {
      output: output.name,
      name: basename(source.path),
      format: dataset.format,
      sha256: await dataset.sha256(),
      rows: survey.rows,
      read: asIntegers ? 'integers' : 'real values',
      scale: asIntegers ? (quantization?.scale[0] ?? null) : null,
      zeroPoint: asIntegers ? (quantization?.zeroPoint[0] ?? null) : null,
    },
    rows: async function* () {
      for await (const { inputs } of dataset.samples())
        // In float32, as DEQUANTIZE does it here.
        yield Float64Array.from(inputs[0]!, (value) => (asIntegers ? fround((value - zeroPoint) * scale) : value));
    },
  };
}

/** The reader of samples reads rows of outputs as well; only what it calls them is another thing. */
async function open(source: ReturnType<typeof parseDataSource>, { name, shape }: Tensor): Promise<Dataset> {
  try {
    return await openDataset(source, [{ name, shape, dtype: 'float32' }], { limit: allSamples });
  } catch (error) {
    if (!(error instanceof WherryError) || error.definition.code !== 'DATA_SHAPE') throw error;
    const what = error.details.what.replace('the model takes', 'the model gives').replace('input "', 'output "');
    return refuse(
      what,
      source.path,
      `save one row for each sample, of the ${shape.join('x')} values of output ${name}`,
    );
  }
}

async function surveyOf(dataset: Dataset): Promise<Survey> {
  let [rows, least, greatest, whole] = [0, Infinity, -Infinity, true];
  for await (const { inputs } of dataset.samples()) {
    rows += 1;
    for (const value of inputs[0]!) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
      whole &&= Number.isInteger(value);
    }
  }
  return { rows, least, greatest, whole };
}

/** By the type of the file; of text, and of real numbers that are all whole, by what the output can hold. */
function isOfIntegers(
  { stored }: Dataset,
  survey: Survey,
  { name, dtype, quantization }: Tensor,
  path: string,
): boolean {
  const where = `${path}, output ${name}`;
  const { least, greatest, whole } = survey;
  const isInteger = stored !== undefined && /^u?int/.test(stored);
  const range = `${short(least)} to ${short(greatest)}`;
  if (quantization === undefined) {
    if (!isInteger || dtype !== 'float32') return false;
    return refuse(
      `the file holds ${stored}, ${range}, and the output of MODEL is float32, which has no scale to read them with`,
      where,
      'give the quantized .tflite that the device ran as MODEL, and the float model with --against; or record real values',
    );
  }
  const [lowest, highest] = realRange(dtype, quantization);
  // A probability of 1 is a step beyond.
  const slack = quantization.scale[0]!;
  const [integers, real] = [holds(integerRange(dtype), survey), holds([lowest - slack, highest + slack], survey)];
  if (isInteger) {
    if (integers) return true;
    return refuse(
      `the file holds ${stored}, ${range}, and the output of MODEL is ${dtype}`,
      where,
      'give the file that the device ran as MODEL, and save the numbers that it gave',
    );
  }
  if (stored === undefined && whole && integers && real)
    return refuse(
      `the file holds whole numbers, ${range}, which may be ${dtype} or real values of ${short(lowest)} to ${short(highest)}`,
      where,
      `save them as .npy, which says: np.save('outputs.npy', y.astype(np.${dtype})), or y.astype(np.float32)`,
    );
  if (stored === undefined && whole && integers) return true;
  if (real) return false;
  return refuse(
    `the file holds real numbers, ${range}, and the output of MODEL goes from ${short(lowest)} to ${short(highest)}`,
    where,
    whole && integers
      ? `they seem to be ${dtype}: save them as such, np.save('outputs.npy', y.astype(np.${dtype}))`
      : 'give the file that the device ran as MODEL',
  );
}

function realRange(dtype: DataType, { scale, zeroPoint }: Quantization): readonly [number, number] {
  const [least, greatest] = integerRange(dtype);
  return [(least - zeroPoint[0]!) * scale[0]!, (greatest - zeroPoint[0]!) * scale[0]!];
}

function holds([low, high]: readonly [number, number], { least, greatest }: Survey): boolean {
  return low <= least && greatest <= high;
}

function nameAt(graph: Graph, position: number): string {
  return tensorAt(graph, graph.outputs[position]!).name;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function refuse(what: string, where: string, next: string): never {
  throw new WherryError(evaluationDiagnostics.OUTPUTS_MISFIT, { what, where, next });
}
