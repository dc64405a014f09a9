// The way out for a model that the runtime has no kernels for: another runtime of the same device, tried to the last byte.
import { WherryError } from '@wherry/graph';
import type { AskedInScheme } from '../refuse.js';
import { comesTo, planned } from './remedies.js';

/** The refusal, with the runtimes in which the device takes the model in the same scheme. */
export function onOtherRuntime(asked: AskedInScheme, refusal: WherryError): WherryError {
  const { definition, details } = refusal;
  const ways = asked.runtimes.flatMap(({ words, target }) => {
    const fit = planned(asked, asked.optimized, target);
    const takes = `${words}: ${target.kernels.name} computes it in ${asked.place.scheme}`;
    return fit === undefined ? [] : [`${takes}, and ${comesTo(fit, target)}`];
  });
  if (ways.length === 0) return refusal;
  return new WherryError(definition, { ...details, next: [details.next, ...ways].join('; or ') }, { cause: refusal });
}
