// Tables of moments with more columns than a model of two values takes.
const varied = (i: number): string => [3, 5].map((k) => ((i * k) % 7) + 0.5).join(',');
const table = (header: string, row: (i: number) => string): string =>
  [header, ...Array.from({ length: 20 }, (_, i) => row(i))].join('\n');

/** Two takes of a time, two inputs and a word. */
export const timedMoments = table('take,t,a,b,what', (i) => `${i < 10 ? 1 : 2},${i * 20},${varied(i)},x`);
/** Three columns that could all be inputs. */
export const wideMoments = table('a,b,c', (i) => `${varied(i)},${(i * 2) % 5}.5`);
