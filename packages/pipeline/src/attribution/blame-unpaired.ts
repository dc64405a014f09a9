// What is said of layers whose weights have no partner in the float model: of their share nobody knows what is rounding and what is another function.
import type { Attribution } from './attribution.js';

/** `unpaired`: the layers. A conversion comes last then, as it may be none. */
export function blameUnpaired(attribution: Attribution, unpaired: readonly string[]): Attribution {
  if (unpaired.length === 0) return attribution;
  const layers = unpaired.join(', ');
  const conversion = attribution.causes.filter(({ cause }) => cause === 'conversion');
  const rest = attribution.causes.filter(({ cause }) => cause !== 'conversion');
  const evidence = `with all that the numbers of ${layers} cost, which have no layer in the float model to go with`;
  return {
    ...attribution,
    causes: [...rest, ...conversion.map((each) => ({ ...each, evidence }))],
    leftOut: [...attribution.leftOut, `weights of ${layers}: no layer of the float model goes with them`],
  };
}
