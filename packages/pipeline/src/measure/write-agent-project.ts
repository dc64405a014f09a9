// `deploy agent`: the firmware of the profiler around a model, as a project of somebody's kit.
import { agentKits, type AgentKit } from '@wherry/agent-exporter';
import { WherryError } from '@wherry/graph';
import { findProfile, type DeviceProfile } from '@wherry/profiles';
import { readProfiles } from '../inputs/profile-folder.js';
import { requireNoFolder, writeNewFolder } from '../output/new-folder.js';
import { firmwareProject } from './agent-firmware.js';
import { measureDiagnostics } from './diagnostics.js';
import { coreFor, type KernelSet } from './kernel-choice.js';
import { readMeasured } from './measured-model.js';
import { profileNamed } from './profile-named.js';

export { agentKits, type AgentKit };

export interface AgentProjectRequest {
  /** A .tflite, or an output folder of deploy. */
  readonly model: string;
  readonly profile?: string | undefined;
  readonly profiles?: string | undefined;
  readonly kit: AgentKit;
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

/** Throws what reading the model throws, MEASURE_WHERE, COMPILED_KERNEL, OUTPUT_NOT_OURS and OUTPUT_FAILED. */
export async function writeAgentProject(request: AgentProjectRequest, signal?: AbortSignal): Promise<WrittenProject> {
  await requireNoFolder(request.out);
  const model = await readMeasured(request.model);
  const { library, id } = await readProfiles(profileNamed(request, model), request.profiles);
  const { profile } = findProfile(library, id);
  requireKitFor(request.kit, profile);
  const core = coreFor(request.kernels ?? 'optimized', profile.arithmetic);
  const files = firmwareProject(model, core, request.kit, profile.id);
  await writeNewFolder(request.out, files, signal);
  return { profile: profile.id, modelSha256: model.sha256, files: [...files.keys()].sort() };
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
