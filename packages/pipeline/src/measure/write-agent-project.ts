// `deploy agent`: the firmware of the profiler around a model, as a project of somebody's kit.
import { agentKits, type AgentKit } from '@wherry/agent-exporter';
import { WherryError } from '@wherry/graph';
import { isPlannedRuntime } from '@wherry/memory-planner';
import { findProfile, type DeviceProfile, type Target } from '@wherry/profiles';
import { readProfiles } from '../inputs/profile-folder.js';
import { requireNoFolder, writeNewFolder } from '../output/new-folder.js';
import { compiledFirmware } from './agent-firmware.js';
import type { AgentRuntime } from './agent-runtimes.js';
import { measureDiagnostics } from './diagnostics.js';
import { coreFor, type KernelSet } from './kernel-choice.js';
import { interpretedFirmware } from './interpreted-firmware.js';
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

/** Throws what reading the model throws, MEASURE_WHERE, AGENT_KIT, AGENT_RUNTIME, COMPILED_KERNEL, TARGET_CANNOT_RUN, OUTPUT_NOT_OURS and OUTPUT_FAILED. */
export async function writeAgentProject(request: AgentProjectRequest, signal?: AbortSignal): Promise<WrittenProject> {
  await requireNoFolder(request.out);
  const model = await readMeasured(request.model);
  const { library, id } = await readProfiles(profileNamed(request, model), request.profiles);
  const target = findProfile(library, id);
  const { profile } = target;
  requireKitFor(request.kit, profile);
  const files = filesOf(request, model, target);
  await writeNewFolder(request.out, files, signal);
  return { profile: profile.id, modelSha256: model.sha256, files: [...files.keys()].sort() };
}

function filesOf(
  { kit, runtime, kernels }: AgentProjectRequest,
  model: MeasuredFile,
  target: Target,
): ReadonlyMap<string, string> {
  const { profile } = target;
  if (runtime !== 'tflite-micro')
    return compiledFirmware(model, coreFor(kernels ?? 'optimized', profile.arithmetic), kit, profile.id);
  requireInterpreter(profile);
  return interpretedFirmware(model, target, kit);
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

/** Kits of one maker build for that maker's chips alone. */
const chipsOf: { readonly [K in AgentKit]?: RegExp } = { 'esp-idf': /^ESP32/, pico: /^RP2/ };

/** Throws AGENT_KIT. */
function requireKitFor(kit: AgentKit, { id, chip, export: { layout } }: DeviceProfile): void {
  const fits = (each: AgentKit): boolean => chipsOf[each]?.test(chip) !== false;
  if (layout === 'firmware' && fits(kit)) return;
  throw new WherryError(measureDiagnostics.AGENT_KIT, {
    what:
      layout === 'firmware'
        ? `${kit} does not build for ${id} (${chip})`
        : `${id} runs files, and no firmware with a model in it`,
    next:
      layout === 'firmware'
        ? `take --kit ${agentKits.filter(fits).join(' or ')}`
        : 'give the profile of a microcontroller; `deploy profiles` lists them',
  });
}
