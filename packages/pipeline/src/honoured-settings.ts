// Refuses what a profile asks for and this version would not do: a setting is followed or refused, never passed over in silence.
import { WherryError } from '@wherry/graph';
import { requireAccepted, type IoType, type Target } from '@wherry/profiles';
import type { DeployRequest, IoChoice } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { schemePlace } from './profile-scheme.js';

/** Types of the model's inputs and outputs as they will be. */
export interface IoTypes {
  readonly inputType: IoChoice;
  readonly outputType: IoChoice;
}

/** Throws PROFILE_REFUSES, PROFILE_SCHEME_UNSUPPORTED and PROFILE_SETTING_UNSUPPORTED. What the request decides, the profile does not. */
export function requireHonoured(request: Pick<DeployRequest, 'inputType' | 'outputType'>, target: Target): IoTypes {
  const { profile } = target;
  requireAccepted(profile);
  if (schemePlace(profile) === undefined) {
    throw new WherryError(pipelineDiagnostics.PROFILE_SCHEME_UNSUPPORTED, {
      what: `${profile.id} takes ${profile.schemes.map(({ scheme }) => scheme).join(', ')}, and this version makes int8`,
      where: placeIn(target, '/schemes'),
      next: 'choose a profile that takes int8, or add { "scheme": "int8" } to the list in a profile of your own',
    });
  }
  if (profile.memory.psram !== undefined) {
    refuse(
      target,
      '/memory/psram',
      'PSRAM is given, and this version puts neither arena nor model there',
      'leave it out; where the arena may lie in it, count its bytes in /memory/ram',
    );
  }
  return {
    inputType: request.inputType ?? ioChoice(target, 'input'),
    outputType: request.outputType ?? ioChoice(target, 'output'),
  };
}

function ioChoice(target: Target, end: 'input' | 'output'): IoChoice {
  const wanted = target.profile.io[end];
  if (isMade(wanted)) return wanted;
  return refuse(
    target,
    `/io/${end}`,
    `the ${end}s of a model are to be ${wanted}, and this version makes int8 or float32`,
    `set it to one of these, or give --${end}-type int8 or --${end}-type float32`,
  );
}

function isMade(type: IoType): type is IoChoice {
  return type === 'int8' || type === 'float32';
}

function refuse(target: Target, pointer: string, what: string, next: string): never {
  const where = placeIn(target, pointer);
  throw new WherryError(pipelineDiagnostics.PROFILE_SETTING_UNSUPPORTED, { what, where, next });
}

/** `pointer`: RFC 6901, into the profile with what it extends. */
function placeIn({ profile: { id } }: Target, pointer: string): string {
  return `device profile ${id} (${id}.json, or what it extends) at ${pointer}`;
}
