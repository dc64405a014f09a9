// What would make a model fit, each thing tried on its shapes: nothing is claimed that was not planned to the last byte.
import { tensorAt, WherryError, type Graph } from '@wherry/graph';
import { schemes, type SelectOptions } from '@wherry/quantizer';
import type { Fit, DeployRun } from '../deployment.js';
import { arenaLimit, bytesInRam, fits, flashWords } from '../fit.js';
import { foresee } from '../foresee.js';
import { requireHonoured } from '../honoured-settings.js';
import type { AskedInScheme } from '../refuse.js';
import { schemeOptions } from '../schemes/scheme-options.js';
import { wantedSchemes } from '../schemes/wanted-schemes.js';
import { grouped } from '../report/numbers.js';
import { requireMemoryTarget } from '../target-rules.js';
import { halfInput } from './half-input.js';
import { nearestDevices } from './nearest-devices.js';

export interface Remedy {
  readonly kind: 'option' | 'profile' | 'own-profile' | 'input';
  /** What to do, as an instruction, with what it comes to. */
  readonly what: string;
  /** The most that the model takes then, of what is there. */
  readonly fit: Fit;
}

type Target = DeployRun['target'];

/** The least change first. Empty: nothing that was tried fits. `fit`: the most that the model takes as it is asked for. */
export function remediesOf(asked: AskedInScheme, fit: Fit): readonly Remedy[] {
  return [...options(asked), ...runtimes(asked), ...profiles(asked), ...ownProfile(asked, fit), ...smallerInput(asked)];
}

function options(asked: AskedInScheme): Remedy[] {
  const { options: chosen } = asked;
  const isInteger = schemes[chosen.scheme].activations.kind === 'affine';
  const isReal = isInteger && (chosen.inputType === 'float32' || chosen.outputType === 'float32');
  const integers = { inputType: 'int8', outputType: 'int8' } as const;
  return [
    ...(chosen.compactMatrices === true || !isInteger
      ? []
      : option(asked, '--compact-matrices', { compactMatrices: true })),
    ...(isReal ? option(asked, '--input-type int8 --output-type int8', integers) : []),
  ];
}

function option(asked: AskedInScheme, words: string, changes: Partial<SelectOptions>): Remedy[] {
  const fit = planned(asked, asked.optimized, asked.target, { ...asked.options, ...changes });
  return fit === undefined ? [] : [{ kind: 'option', what: `give ${words}: ${comesTo(fit, asked.target)}`, fit }];
}

/** The device stays, and its firmware runs the model otherwise. */
function runtimes(asked: AskedInScheme): Remedy[] {
  return asked.runtimes.flatMap(({ words, target }) => {
    const fit = planned(asked, asked.optimized, target);
    return fit === undefined ? [] : [{ kind: 'option', what: `${words}: ${comesTo(fit, target)}`, fit } as const];
  });
}

/** So many other devices are enough to choose from. */
const mostProfiles = 3;

/** The nearest that hold it; what comes behind is not planned. */
function profiles(asked: AskedInScheme): Remedy[] {
  const found: Remedy[] = [];
  for (const target of nearestDevices(asked.library, asked.target)) {
    if (found.length === mostProfiles) break;
    const fit = planned(asked, asked.optimized, target);
    const what = `choose --profile ${target.profile.id}`;
    if (fit !== undefined) found.push({ kind: 'profile', what: `${what}: ${comesTo(fit, target)}`, fit });
  }
  return found;
}

/** What the chip itself would hold: how much a firmware may reserve is a budget, which its own may be below. */
export function ownProfile(
  { target: { profile }, place }: Pick<AskedInScheme, 'target' | 'place'>,
  { flash, ram }: Fit,
): Remedy[] {
  const { memory } = profile;
  const wants: string[] = [];
  if (flash.used > flash.available) {
    if (flash.used > memory.flash.bytes) return [];
    wants.push(`/memory/flash/reservedBytes of at most ${memory.flash.bytes - flash.used}`);
  }
  if (ram.used > ram.available) {
    const inRam = bytesInRam(profile, flash.used);
    const { pointer } = arenaLimit(profile, place, inRam);
    const left = memory.ram.bytes - ram.used - inRam;
    const isBudget = pointer === '/memory/ram' && !memory.ram.blocks && left >= 0;
    if (isBudget) wants.push(`/memory/ram/reservedBytes of at most ${left}`);
    else if (pointer !== '/memory/ram') wants.push(`${pointer} of at least ${ram.used}`);
    else return [];
  }
  const fit = {
    flash: { ...flash, available: Math.max(flash.available, flash.used) },
    ram: { ...ram, available: Math.max(ram.available, ram.used) },
  };
  return [
    {
      kind: 'own-profile',
      what: `set ${wants.join(' and ')} in a profile of your own, if your firmware leaves that`,
      fit,
    },
  ];
}

function smallerInput(asked: AskedInScheme): Remedy[] {
  const half = halfInput(asked.optimized);
  const fit = half === undefined ? undefined : planned(asked, half, asked.target);
  if (half === undefined || fit === undefined) return [];
  const shape = (graph: Graph): string => `[${tensorAt(graph, graph.inputs[0]!).shape.join(', ')}]`;
  const what = `train the same layers for an input of ${shape(half)} instead of ${shape(asked.optimized)}: ${comesTo(fit, asked.target)}`;
  return [{ kind: 'input', what, fit }];
}

/** The most that the graph takes on a target, where that is room enough; undefined where it is not, or it cannot run there. */
export function planned(asked: AskedInScheme, graph: Graph, target: Target, given?: SelectOptions): Fit | undefined {
  try {
    requireHonoured(target);
    const { scheme } = asked.place;
    const place = target === asked.target ? asked.place : wantedSchemes({ ...asked.request, scheme }, target)[0]!;
    const chosen = given ?? schemeOptions(asked.request, target, scheme);
    const aim = { target, memoryTarget: requireMemoryTarget(target), toolVersion: asked.toolVersion };
    const foreseen = foresee(graph, aim, place, chosen);
    if (!fits(foreseen.least)) return undefined;
    const most = foreseen.most();
    return fits(most) ? most : undefined;
  } catch (error) {
    if (error instanceof WherryError) return undefined;
    throw error;
  }
}

export function comesTo({ flash, ram }: Fit, { profile }: Target): string {
  const share = ({ used, available }: Fit['flash']): string => `${grouped(used)} of ${grouped(available)} bytes`;
  return `${flashWords(profile, 'takes at most')} ${share(flash)}, the arena ${share(ram)}`;
}
