// What a kit has to know of the device, and whether it has it at all.
import { agentKits, type AgentKit, type KitDevice } from '@wherry/agent-exporter';
import { componentVersions, factsOf, isEspressif } from '@wherry/firmware-layouts';
import { WherryError } from '@wherry/graph';
import type { DeviceProfile } from '@wherry/profiles';
import type { AgentRuntime } from './agent-runtimes.js';
import { measureDiagnostics } from './diagnostics.js';

/** Throws AGENT_KIT. */
export function kitDevice(kit: AgentKit, runtime: AgentRuntime, profile: DeviceProfile): KitDevice {
  const { id, chip } = profile;
  if (profile.export.layout !== 'firmware')
    return refuse(
      `${id} runs files, and no firmware with a model in it`,
      'give the profile of a microcontroller; `deploy profiles` lists them',
    );
  const fault = faultOf(kit, runtime, profile);
  if (fault !== null) return refuse(fault, `take --kit ${fittingKits(runtime, profile).join(' or ')}`);
  const { platformio, picoBoard } = factsOf(chip);
  const { needs } = profile.runtime;
  return { platformio, picoBoard, interpreter: componentVersions(profile.runtime), needs };
}

/** Those that build for the device. */
export function fittingKits(runtime: AgentRuntime, profile: DeviceProfile): readonly AgentKit[] {
  return agentKits.filter((kit) => faultOf(kit, runtime, profile) === null);
}

function refuse(what: string, next: string): never {
  throw new WherryError(measureDiagnostics.AGENT_KIT, { what, next });
}

function faultOf(kit: AgentKit, runtime: AgentRuntime, { id, chip }: DeviceProfile): string | null {
  const { platformio, arduinoInterpreter, picoBoard, isInZephyr } = factsOf(chip);
  const ofOthers = { 'esp-idf': !isEspressif(chip), pico: picoBoard === undefined, zephyr: false, arduino: false };
  if (ofOthers[kit]) return `${kit} does not build for ${id} (${chip})`;
  if (kit === 'zephyr' && !isInZephyr) return `Zephyr has no ${chip}`;
  if (kit !== 'arduino') return null;
  if (platformio === undefined)
    return `PlatformIO has no board with the Arduino framework for ${id} that is known here`;
  return runtime === 'tflite-micro' && arduinoInterpreter === undefined
    ? `there is no Arduino library of TensorFlow Lite Micro for ${id}`
    : null;
}
