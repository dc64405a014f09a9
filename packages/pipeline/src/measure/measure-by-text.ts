// A device that speaks the text of MLPerf Tiny alone: its first output as it prints it, and what an inference takes.
import { elementCount, graphCost, tensorAt, WherryError, type Graph, type TensorId } from '@wherry/graph';
import { MlperfDevice, mlperfDiagnostics } from '@wherry/serial-profiler';
import { realOf } from '../diff/real-feeds.js';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import type { DifferingTensor } from './differences.js';
import { engineOf, type MeasureJob } from './measure-device.js';
import { clockFigures, clockWarnings } from './measured-cost.js';
import type { MeasuredDevice } from './measured-device.js';
import { notSaid, type Measurement, type MeasurementCost } from './measurement.js';
import { withOutcome } from './outcome.js';
import { OutputFigureSums } from './output-figures.js';
import { bytesOf } from './tensor-bytes.js';
import { printedDifference } from './tensor-difference.js';

const clockWindowMs = 3000;

/** Throws the codes of MLPERF, and what a port is refused for. */
export async function measureByText(
  { line, expected, isRecorded = false }: MeasuredDevice,
  job: MeasureJob,
  progress: ProgressSink,
): Promise<Measurement> {
  const { model, other } = job;
  const device = await MlperfDevice.open(line.port, line.time, line.policy);
  try {
    requireModel(device, job);
    const parity = await textParity(device, job, progress);
    const cost = job.parityOnly === true ? null : await textCost(device, job, progress);
    return withOutcome({
      tool: { name: 'wherry', version: toolVersion },
      model: { file: model.fileName, sha256: model.sha256 },
      profile: expected.profile!,
      against:
        other === undefined
          ? null
          : { file: other.report.file, sha256: other.report.sha256, numbers: other.report.numbers },
      device: {
        ...{ emulated: null, recorded: isRecorded, chip: device.name, kernels: null },
        ...{ firmware: `MLPerf Tiny ${device.model}`.trim(), runtime: notSaid, runtimeCommit: notSaid },
      },
      parity,
      cost,
      plain: null,
      layers: [],
      memory: {
        ...{ arenaForetold: null, arenaBytes: null, arenaUsed: null, modelFlash: null },
        ...{ stackBytes: null, stackUsed: null, heapBytes: null, heapUsed: null },
      },
      warnings: [...(other?.warnings ?? []), ...clockWarnings(cost)],
    });
  } finally {
    device.close();
  }
}

/** The agent tells its model by the first digits of its hash; other firmware by a name that says nothing of weights. */
function requireModel({ model: said }: MlperfDevice, { model }: MeasureJob): void {
  if (!/^[0-9a-f]{16}$/.test(said) || model.sha256.startsWith(said)) return;
  throw new WherryError(mlperfDiagnostics.MLPERF_CONTRADICTS, {
    what: `the firmware has the model ${said}…, and not ${model.fileName} (SHA-256 ${model.sha256.slice(0, 16)}…)`,
    next: 'give the file that was flashed, or flash firmware of this one',
  });
}

async function textParity(
  device: MlperfDevice,
  job: MeasureJob,
  progress: ProgressSink,
): Promise<Measurement['parity']> {
  const { inputs, other } = job;
  const { graph, layers } = job.model;
  const id = graph.outputs[0]!;
  const place = placeOf(graph, layers, id);
  const { shape } = tensorAt(graph, id);
  const [figures, beside] = [new OutputFigureSums(graph, id), new OutputFigureSums(graph, id)];
  const executor = await engineOf(graph).prepare(graph);
  let found: DifferingTensor | undefined;
  progress.begin('compare', inputs.feeds.length);
  try {
    for (const [input, feeds] of inputs.feeds.entries()) {
      const right = realOf(graph, id, (await executor.run(feeds))[0]!);
      await device.load(Buffer.concat(feeds.map(bytesOf)));
      const { results } = await device.infer({ count: 1, warmUp: 0 });
      requireCount(results, elementCount(shape));
      figures.addReal(right, results);
      const real = await other?.run(inputs.real[input]!);
      if (real?.at(0) !== undefined) beside.addReal(real.at(0)!, results);
      const difference = printedDifference(right, results, shape);
      if (difference !== null)
        found =
          found === undefined
            ? { ...place, shape, inputs: 1, input, difference }
            : { ...found, inputs: found.inputs + 1 };
      progress.advance(input + 1);
    }
  } finally {
    executor.dispose();
  }
  progress.end();
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

/** Of the input that was loaded last. */
async function textCost(
  device: MlperfDevice,
  { model, windows: policy }: MeasureJob,
  progress: ProgressSink,
): Promise<MeasurementCost> {
  progress.begin('time');
  const clock = await device.testClock(Math.min(clockWindowMs, policy?.windowMs ?? clockWindowMs));
  const { unit, inference, windows, inferences } = await device.timing(policy);
  progress.end();
  const { median, least, most, mad } = inference;
  const { total } = graphCost(model.graph);
  return {
    ...{ unit, inference: median, least, most, mad, windows, inferences },
    ...clockFigures(clock),
    macs: total.macs,
  };
}
