// Which other devices take a quantized model as it is, each tried to the last byte.
import { WherryError } from '@wherry/graph';
import { isDeviceRuntime } from '@wherry/memory-planner';
import type { SchemeName, Target } from '@wherry/profiles';
import type { Fit } from '../deployment.js';
import { fits } from '../fit.js';
import { requireHonoured } from '../honoured-settings.js';
import type { Asked } from '../refuse.js';
import { sizeAsItIs } from '../schemes/size-as-it-is.js';
import { wantedSchemes } from '../schemes/wanted-schemes.js';
import { requireMemoryTarget } from '../target-rules.js';
import type { OtherRuntime } from './other-runtimes.js';
import { comesTo } from './remedies.js';

export interface OtherTarget {
  readonly id: string;
  readonly fit: Fit;
  readonly comesTo: string;
}

/** Microcontrollers first; where none of them takes it, what has an operating system. Never the host: it is no device. */
export function othersThatTake(asked: Asked, scheme: SchemeName): readonly OtherTarget[] {
  const others = [...asked.library.targets.values()].filter(({ profile }) => profile.id !== asked.target.profile.id);
  const small = others.filter(({ profile }) => isDeviceRuntime(profile.runtime.name));
  const found = small.flatMap((target) => tried(asked, target, scheme));
  return found.length > 0
    ? found
    : others
        .filter(({ profile }) => profile.export.layout === 'file')
        .flatMap((target) => tried(asked, target, scheme));
}

/** The same device with another runtime. */
export function onOtherRuntimes(
  asked: Asked,
  scheme: SchemeName,
): readonly (OtherTarget & Pick<OtherRuntime, 'words'>)[] {
  return asked.runtimes.flatMap(({ words, target }) =>
    tried(asked, target, scheme).map((found) => ({ ...found, words })),
  );
}

/** Empty where the target does not take it. */
function tried(asked: Asked, target: Target, scheme: SchemeName): OtherTarget[] {
  try {
    requireHonoured(target);
    const place = wantedSchemes({ scheme }, target)[0]!;
    const aim = { ...asked, target, memoryTarget: requireMemoryTarget(target) };
    const { fit } = sizeAsItIs(asked.optimized, aim, place);
    return fits(fit) ? [{ id: target.profile.id, fit, comesTo: comesTo(fit, target) }] : [];
  } catch (error) {
    if (error instanceof WherryError) return [];
    throw error;
  }
}
