// A deployment on an emulated board or a device: the same measurement that `deploy measure` makes of its output folder.
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passingFolder, toolchainOf, type Board } from '@wherry/emulated-boards';
import { WherryError, type Engine } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import type { Deployment } from '../deployment.js';
import { standInOf } from '../measure/emulated-device.js';
import { measureModel } from '../measure/measure-model.js';
import type { Measurement } from '../measure/measurement.js';
import { writeOutputDirectory } from '../output/output-directory.js';
import { explainOutput } from '../output/output-fault.js';
import type { ProgressSink } from '../progress.js';
import { regressionDiagnostics } from './diagnostics.js';

/** Inputs whose every layer is compared: more find no other fault of a kernel, and boards are slow to emulate. */
export const comparedInputs = 10;

/** The line to a device. */
export interface DeviceLine {
  readonly port: string;
  /** In place of the profile's. */
  readonly baud?: number | undefined;
  /** How long it may be silent, as while it starts. */
  readonly waitMs?: number | undefined;
}

export interface MeasuredPlace {
  /** The emulated board where it is left out. */
  readonly device?: DeviceLine | undefined;
  /** As it is given: an id, or a path. */
  readonly profile: string;
  readonly profiles?: string | undefined;
}

/** The measurement, and whose it is: the toolchain that built the firmware, or the firmware that answered. */
export interface MeasuredPair {
  readonly series: string;
  readonly measurement: Measurement;
}

/** Throws TEST_DIFFERENT, and what a board or a device is refused for. */
export async function measurePair(
  deployment: Deployment,
  place: MeasuredPlace,
  host: {
    readonly engine: () => Promise<Engine>;
    readonly signal?: AbortSignal | undefined;
    readonly library: ProfileLibrary;
  },
  progress: ProgressSink,
): Promise<MeasuredPair> {
  const { request, target, files } = deployment;
  const { device, ...named } = place;
  // What is missing on this machine is told before anything is run.
  const onBoard = device === undefined ? emulatedSeries(standInOf(target.profile, host.library)) : undefined;
  const folder = orExplained(() => passingFolder('test'));
  try {
    const output = join(folder, 'output');
    await writeOutputDirectory(output, files, { signal: host.signal });
    const data = request.evaluation ?? request.calibration;
    const measurement = await orInOwnWords(deployment, () =>
      measureModel(
        {
          ...{ model: output, ...named, ...device, emulate: device === undefined, samples: comparedInputs },
          ...(typeof data === 'string' ? { data, preprocessing: request.preprocessing } : {}),
        },
        host,
        progress,
      ),
    );
    requireSame(measurement, deployment, place);
    const { chip, firmware, runtime, runtimeCommit } = measurement.device;
    const series = onBoard ?? `${chip}, ${firmware}, ${runtime} ${runtimeCommit}`;
    return { series, measurement };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of what is built here. Throws BOARD_TOOLS. */
export function emulatedSeries(board: Board): string {
  return `${board.name}, ${toolchainOf(board)}`;
}

/** Throws OUTPUT_FAILED. */
function orExplained<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explainOutput(error, tmpdir());
  }
}

/** The folder that is measured is gone when its name is read. */
async function orInOwnWords<T>({ request, target }: Deployment, measure: () => Promise<T>): Promise<T> {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof WherryError) || error.definition.code !== 'COMPILED_KERNEL') throw error;
    throw new WherryError(
      error.definition,
      {
        what: error.details.what,
        where: `${request.name ?? 'the model'} on ${target.profile.id}`,
        next: 'test it with --tier host; with "runtime": "compiled-c" in the project the layer may be rewritten into others that are compiled',
      },
      { cause: error },
    );
  }
}

function requireSame({ error, device, profile }: Measurement, { request }: Deployment, place: MeasuredPlace): void {
  if (error === undefined) return;
  const data = request.evaluation ?? request.calibration;
  const words = [
    place.device === undefined ? '--emulate' : `--port ${place.device.port}`,
    ...(typeof data === 'string' ? [`--evaluation '${data}'`] : []),
    ...(request.preprocessing === undefined ? [] : ['the same --preprocess']),
  ];
  throw new WherryError(regressionDiagnostics.TEST_DIFFERENT, {
    what: error.what,
    where: `${request.name ?? 'the model'} on ${profile}, ${device.emulated ?? device.chip}`,
    next: `deploy it into a folder (\`deploy ${request.name ?? 'MODEL'} --profile ${place.profile} --out DIR\`), and run \`deploy measure DIR\` with ${words.join(', ')}: it says what differs, where, and by how much`,
  });
}
