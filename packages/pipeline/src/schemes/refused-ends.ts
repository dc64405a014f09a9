// Where a scheme is refused because of the types that are asked for at the ends of the model: which option it is, and what would do.
import { WherryError } from '@wherry/graph';
import { ends, ioTypes, type End, type IoType } from '@wherry/profiles';
import { legalForm } from '../foresee.js';
import type { Asked } from '../refuse.js';
import { schemeOptions } from './scheme-options.js';
import type { SchemePlace } from './wanted-schemes.js';

type EndTypes = { readonly inputType?: IoType | undefined; readonly outputType?: IoType | undefined };

const options = { input: '--input-type', output: '--output-type' } as const;

/** The refusal in other words where other ends would be legal; as it was where they are not the cause. */
export function refusedEnds(error: WherryError, asked: Asked, place: SchemePlace): WherryError {
  const given = ends.filter((end) => typeAt(asked.request, end) !== undefined);
  const isLegal = (changes: EndTypes): boolean => wouldBeLegal(asked, place, changes);
  for (const end of given) {
    const others = ioTypes.filter((type) => type !== typeAt(asked.request, end) && isLegal(typed(end, type)));
    const instead = [
      ...(others.length === 0 ? [] : [`give ${options[end]} ${others.join(' or ')}`]),
      ...(isLegal(typed(end, undefined)) ? ['leave it away'] : []),
    ];
    if (instead.length > 0) return toldOf(error, asked, place, [end], instead.join(', or '));
  }
  const none = { inputType: undefined, outputType: undefined };
  return given.length === 2 && isLegal(none) ? toldOf(error, asked, place, given, 'leave both away') : error;
}

function toldOf(
  { definition, details }: WherryError,
  { request, target: { profile, kernels } }: Asked,
  { scheme }: SchemePlace,
  blamed: readonly End[],
  next: string,
): WherryError {
  const words = blamed.map((end) => `${options[end]} ${typeAt(request, end)}`).join(' and ');
  return new WherryError(definition, {
    ...details,
    what: `${words} ${blamed.length === 1 ? 'is' : 'are'} asked for, and ${kernels.name} ${profile.runtime.from} has no conversion for it in ${scheme}`,
    next,
  });
}

function wouldBeLegal({ request, ...asked }: Asked, { scheme }: SchemePlace, changes: EndTypes): boolean {
  try {
    legalForm(asked.optimized, asked.target, schemeOptions({ ...request, ...changes }, asked.target, scheme));
    return true;
  } catch (error) {
    if (error instanceof WherryError) return false;
    throw error;
  }
}

function typeAt({ inputType, outputType }: EndTypes, end: End): IoType | undefined {
  return end === 'input' ? inputType : outputType;
}

function typed(end: End, type: IoType | undefined): EndTypes {
  return end === 'input' ? { inputType: type } : { outputType: type };
}
