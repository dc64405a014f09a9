// The four calibrations that a default must stand: all samples, ten mixed ones, a single one, and those of one class.
import { argmax } from './twins-figures.mjs';
import { spread } from './twins-samples.mjs';

/** What `deploy` takes of a larger set. */
const mostCalibrated = 500;
const mostOfClass = 100;
/** The class that is taken where samples have labels. */
const takenClass = 1;

/** Each is a list of samples of `pool`. `outputs`: what the float model makes of them, asked for only where labels are missing. */
export const calibrations = {
  full: (pool) => spread(pool, mostCalibrated),
  ten: (pool) => spread(pool, 10),
  one: (pool) => [pool[Math.floor(pool.length / 2)]],
  class: async (pool, outputs) => spread(await ofOneClass(pool, outputs), mostOfClass),
};

/** Windows of one recording; or samples of one label; or of the class that float sees most; or the low end of the first input. */
async function ofOneClass(pool, outputs) {
  if (pool[0].group !== undefined) return pool.filter(({ group }) => group === pool[0].group);
  if (pool[0].label !== undefined) return pool.filter(({ label }) => label === takenClass);
  const values = await outputs();
  if (values[0].length > 1 && values[0].length < pool[0].inputs[0].length) {
    const seen = values.map(argmax);
    const counts = new Map();
    for (const choice of seen) counts.set(choice, (counts.get(choice) ?? 0) + 1);
    const [[most]] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
    return pool.filter((_, i) => seen[i] === most);
  }
  return [...pool].sort((a, b) => a.inputs[0][0] - b.inputs[0][0]).slice(0, Math.ceil(pool.length / 4));
}
