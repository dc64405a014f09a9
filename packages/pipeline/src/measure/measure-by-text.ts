// A device that speaks the text of MLPerf Tiny alone: its first output as it prints it, and what an inference takes.
import { graphCost, WherryError } from '@wherry/graph';
import { MlperfDevice, mlperfDiagnostics } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import type { MeasureJob } from './measure-device.js';
import { clockFigures, clockWarnings } from './measured-cost.js';
import type { MeasuredDevice } from './measured-device.js';
import { notSaid, type Measurement, type MeasurementCost } from './measurement.js';
import { withOutcome } from './outcome.js';
import { seenByText, textParity } from './parity-by-text.js';

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
    const { parity, convention } = await textParity(device, job, progress);
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
      warnings: [...(other?.warnings ?? []), ...seenByText(model, convention), ...clockWarnings(cost)],
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
