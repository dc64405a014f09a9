// The first output of a device as it prints it, held against that of the integer reference.
import {
  diagnose,
  elementCount,
  printable,
  tensorAt,
  WherryError,
  type Diagnostic,
  type Graph,
  type TensorId,
} from '@wherry/graph';
import { mlperfDiagnostics, type MlperfDevice } from '@wherry/serial-profiler';
import { realOf } from '../diff/real-feeds.js';
import type { ProgressSink } from '../progress.js';
import { measureDiagnostics } from './diagnostics.js';
import type { DifferingTensor } from './differences.js';
import { engineOf, type MeasureJob } from './measure-device.js';
import type { MeasuredModel } from './measured-model.js';
import type { Measurement } from './measurement.js';
import { OutputFigureSums } from './output-figures.js';
import { printedDifference, printedStep } from './tensor-difference.js';
import { textConventions, type TextConvention } from './text-conventions.js';

export interface TextParity {
  readonly parity: Measurement['parity'];
  readonly convention: TextConvention;
}

/** With the convention that all outputs are right by; where there is none, the first that prints as many values. */
export async function textParity(device: MlperfDevice, job: MeasureJob, progress: ProgressSink): Promise<TextParity> {
  const conventions = textConventions(job.model.graph);
  let fits: TextConvention | undefined;
  let refusal: unknown;
  for (const convention of conventions) {
    try {
      const parity = await compared(device, job, { convention, goesOn: false }, progress);
      if (parity.verdict === 'close') return { parity, convention };
      fits ??= convention;
    } catch (error) {
      if (!isOfFirmware(error)) throw error;
      refusal ??= error;
    }
  }
  if (fits === undefined) throw refusal;
  return { parity: await compared(device, job, { convention: fits, goesOn: true }, progress), convention: fits };
}

/** It takes another number of bytes, or prints another number of values. */
function isOfFirmware(error: unknown): boolean {
  const codes: readonly string[] = ['MLPERF_REFUSED', 'MLPERF_CONTRADICTS'];
  return error instanceof WherryError && codes.includes(error.definition.code);
}

/** `goesOn`: behind the first input that differs as well. */
async function compared(
  device: MlperfDevice,
  { inputs, other, model: { graph, layers } }: MeasureJob,
  { convention, goesOn }: { readonly convention: TextConvention; readonly goesOn: boolean },
  progress: ProgressSink,
): Promise<Measurement['parity']> {
  const id = graph.outputs[0]!;
  const place = placeOf(graph, layers, id);
  const { shape } = convention;
  const [figures, beside] = [new OutputFigureSums(graph, id), new OutputFigureSums(graph, id)];
  const executor = await engineOf(graph).prepare(graph);
  let found: DifferingTensor | undefined;
  let greatest = 0;
  progress.begin('compare', inputs.feeds.length);
  try {
    for (const [input, feeds] of inputs.feeds.entries()) {
      const right = convention.printed(realOf(graph, id, (await executor.run(feeds))[0]!), feeds);
      greatest = Array.from(right).reduce((most, value) => Math.max(most, Math.abs(value)), greatest);
      await device.load(convention.bytesOf(feeds));
      const { results } = await device.infer({ count: 1, warmUp: 0 });
      requireCount(results, elementCount(shape));
      figures.addReal(right, results);
      const real = (await other?.run(inputs.real[input]!))?.at(0);
      if (real !== undefined) beside.addReal(convention.printed(Array.from(real, Number), feeds), results);
      const difference = printedDifference(right, results, shape);
      if (difference !== null)
        found = { ...(found ?? { ...place, shape, input, difference }), inputs: (found?.inputs ?? 0) + 1 };
      progress.advance(input + 1);
      if (found !== undefined && !goesOn) break;
    }
  } finally {
    executor.dispose();
  }
  progress.end();
  if (found === undefined && greatest < printedStep) throw unseen(greatest);
  const differing = found === undefined ? [] : [found];
  return {
    verdict: found === undefined ? 'close' : 'different',
    ...{ inputs: inputs.feeds.length, inputsSaid: inputs.said, tensors: 1, differing, faulty: [], printed: true },
    close: found === undefined ? 1 : 0,
    overwritten: [],
    outputs: [figures.figures],
    against: other === undefined ? null : beside.samples > 0 ? [beside.figures] : [],
  };
}

function unseen(greatest: number): WherryError {
  return new WherryError(mlperfDiagnostics.MLPERF_UNSEEN, {
    what: `the device prints to a thousandth, and the first output is ${greatest.toPrecision(2)} at most: what it computes is not to be seen`,
    next: 'flash the firmware of `deploy agent`, which gives every layer bit for bit, and measure again without --dialect',
  });
}

/** What nothing is said of here, and by which convention the rest is. */
export function seenByText({ graph }: MeasuredModel, { said, shape }: TextConvention): readonly Diagnostic[] {
  const [first, ...others] = graph.outputs.map((id) => tensorAt(graph, id));
  const isOutput = elementCount(shape) === elementCount(first!.shape);
  const steps = isOutput ? Math.floor(printedStep / (first!.quantization?.scale[0] ?? 1)) : 0;
  const parts = [
    ...(said === undefined ? [] : [said]),
    ...(others.length === 0 ? [] : [`nothing is seen of ${others.map(({ name }) => printable(name)).join(', ')}`]),
    ...(steps > 1 ? [`a thousandth of the first output is ${steps} of its integer steps`] : []),
  ];
  if (parts.length === 0) return [];
  const next = 'where that is too little, flash the firmware of `deploy agent`, and measure again without --dialect';
  return [diagnose(measureDiagnostics.MEASURED_BY_TEXT, { what: parts.join('; '), next })];
}

/** Which tensor it is; its values are real numbers, as they are printed. */
function placeOf(
  { nodes }: Graph,
  layers: readonly string[],
  id: TensorId,
): Pick<DifferingTensor, 'tensor' | 'position' | 'layer' | 'operator' | 'dtype'> {
  const writer = nodes.findIndex(({ outputs }) => outputs.includes(id));
  const written = nodes.slice(0, writer).flatMap(({ outputs }) => outputs);
  const { kind, outputs } = nodes[writer]!;
  const tensor = written.length + outputs.indexOf(id);
  return { tensor, position: writer, layer: layers[writer]!, operator: kind, dtype: 'float32' };
}

function requireCount(results: readonly number[], elements: number): void {
  if (results.length === elements) return;
  throw new WherryError(mlperfDiagnostics.MLPERF_CONTRADICTS, {
    what: `the device prints ${results.length} results, and the first output of the model has ${elements} values`,
    next: 'give the model that its firmware was built with',
  });
}
