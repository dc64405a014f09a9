// Tables of moments with more columns than a model of two values takes, and the advice for them, followed.
import { refusal, type Followed } from './followed-advice.js';
import { inputOf } from './workspace.js';

const varied = (i: number): string => [3, 5].map((k) => ((i * k) % 7) + 0.5).join(',');
const table = (header: string, row: (i: number) => string): string =>
  [header, ...Array.from({ length: 20 }, (_, i) => row(i))].join('\n');

/** Two takes of a time, two inputs and a word. */
const timedMoments = table('take,t,a,b,what', (i) => `${i < 10 ? 1 : 2},${i * 20},${varied(i)},x`);
/** Three columns that could all be inputs. */
const wideMoments = table('a,b,c', (i) => `${varied(i)},${(i * 2) % 5}.5`);

export function momentAdvices(write: (name: string, content: string) => string): Readonly<Record<string, Followed>> {
  const timed = write('timed.csv', timedMoments);
  const wide = write('wide.csv', wideMoments);
  return {
    'window=*&stride=*': refusal(timed, inputOf(5, 2), /window=5&stride=5/, '?window=5&stride=5&columns=2-3'),
    'label=*': refusal(timed, inputOf(5, 2), /&label=4/, '?window=5&stride=5&columns=2-3&label=4&recording=0'),
    'recording=*': refusal(timed, inputOf(5, 2), /&recording=0/, '?window=5&stride=5&columns=2-3&recording=0'),
    'each row seems to be one moment with more columns than the * that the model takes: name those, counted from 0, such as ?*&columns=*; a column of classes with label=, one that tells recordings apart with recording=':
      refusal(wide, inputOf(5, 2), /such as \?window=5&stride=5&columns=0-1;/, '?window=5&stride=5&columns=0-1'),
  };
}
