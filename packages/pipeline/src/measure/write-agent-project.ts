// `deploy agent`: the firmware of the profiler around a model, as a project of somebody's kit.
import { agentKits, type AgentKit } from '@wherry/agent-exporter';
import { WherryError } from '@wherry/graph';
import { isPlannedRuntime } from '@wherry/memory-planner';
import { availableBytes, findProfile, type DeviceProfile, type ProfileLibrary, type Target } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import { bytesInRam } from '../fit.js';
import { readProfiles } from '../inputs/profile-folder.js';
import { requireNoFolder, writeNewFolder } from '../output/new-folder.js';
import { compiledFirmware } from './agent-firmware.js';
import type { AgentRuntime } from './agent-runtimes.js';
import { measureDiagnostics } from './diagnostics.js';
import { coreFor, type KernelSet } from './kernel-choice.js';
import { arenaFor, interpretedFirmware } from './interpreted-firmware.js';
import { orElsewhere } from './kernels-elsewhere.js';
import { kitDevice } from './kit-device.js';
import { readMeasured, type MeasuredFile } from './measured-model.js';
import { profileNamed } from './profile-named.js';

export { agentKits, type AgentKit };

export interface AgentProjectRequest {
  /** A .tflite, or an output folder of deploy. */
  readonly model: string;
  readonly profile?: string | undefined;
  readonly profiles?: string | undefined;
  readonly kit: AgentKit;
  /** What runs the model; compiled C where it is left out. */
  readonly runtime?: AgentRuntime | undefined;
  /** Those for the core where it is left out. */
  readonly kernels?: KernelSet | undefined;
  /** A folder that is not there yet. */
  readonly out: string;
}

export interface WrittenProject {
  readonly profile: string;
  readonly modelSha256: string;
  /** By path in the folder. */
  readonly files: readonly string[];
}

/**
 * Throws what reading the model throws, MEASURE_WHERE, AGENT_KIT, AGENT_RUNTIME, COMPILED_KERNEL, TARGET_CANNOT_RUN,
 * MODEL_DOES_NOT_FIT, OUTPUT_NOT_OURS and OUTPUT_FAILED.
 */
export async function writeAgentProject(request: AgentProjectRequest, signal?: AbortSignal): Promise<WrittenProject> {
  await requireNoFolder(request.out);
  const model = await readMeasured(request.model);
  const { library, id } = await readProfiles(profileNamed(request, model), request.profiles);
  const target = findProfile(library, id);
  const { profile } = target;
  const files = filesOf(request, model, target, library);
  await writeNewFolder(request.out, files, signal);
  return { profile: profile.id, modelSha256: model.sha256, files: [...files.keys()].sort() };
}

function filesOf(
  { kit, runtime = 'compiled-c', kernels }: AgentProjectRequest,
  model: MeasuredFile,
  target: Target,
  library: ProfileLibrary,
): ReadonlyMap<string, string> {
  const { profile } = target;
  if (runtime === 'tflite-micro') requireInterpreter(profile);
  const device = kitDevice(kit, runtime, profile);
  if (runtime === 'tflite-micro') {
    requireRoom(target, model.bytes.length, arenaFor(model, target));
    return interpretedFirmware(model, target, kit, device);
  }
  const core = coreFor(kernels ?? 'optimized', profile.arithmetic);
  const { files, memory } = orElsewhere(model, { profile, library }, () =>
    compiledFirmware(model, core, kit, { profile: profile.id, device }),
  );
  requireRoom(target, memory.constants, memory.arena);
  return files;
}

/** Throws AGENT_RUNTIME for a device that TensorFlow Lite Micro does not run on. */
function requireInterpreter({ id, runtime, refuses }: DeviceProfile): void {
  if (refuses === undefined && isPlannedRuntime(runtime.name)) return;
  throw new WherryError(measureDiagnostics.AGENT_RUNTIME, {
    what: refuses?.what ?? `the runtime of ${id} is ${runtime.name}, and not TensorFlow Lite Micro`,
    where: `device profile ${id}`,
    next: 'leave --runtime away: the model becomes C then',
  });
}

/** Its arena is a static array, and the agent itself takes some kilobytes besides. Throws MODEL_DOES_NOT_FIT. */
function requireRoom({ profile }: Target, flash: number, arena: number): void {
  const { memory } = profile;
  const ram = arena + bytesInRam(profile, flash);
  const hasFlash = availableBytes(memory.flash);
  const hasRam = Math.min(availableBytes(memory.ram), memory.ram.blocks?.staticBytes ?? Infinity);
  if (flash <= hasFlash && ram <= hasRam) return;
  throw new WherryError(pipelineDiagnostics.MODEL_DOES_NOT_FIT, {
    what: `the model takes ${flash} bytes of flash and ${ram} of static RAM, and ${profile.id} leaves ${hasFlash} and ${hasRam}`,
    where: `device profile ${profile.id}`,
    next: 'give a smaller model, or a device with more memory',
  });
}
