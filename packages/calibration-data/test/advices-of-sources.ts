// Finds every text in the sources that names an option, a command or a declaration, so that none is left untried.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const comment = /^\s*(\/\/|\*|\/\*).*$/gm;
const literal = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
const advising = /\?[a-zA-Z]\w*=|--[a-z]|(^|[\s(])[a-z][A-Za-z]+=(?!>)|FORMAT:|(np|numpy)\.[a-z]/;
/** What something is, and examples that stand in the help. */
const noAdvice =
  /^(the data calls|table, one|one WAV|length=\* is|layout=chw needs|channels=\w+ needs|[a-z0-9]+:[a-z])/;

/** With `*` for every value that is filled in. Explanations of codes and exports apart. */
export function advicesOfSources(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !/^(diagnostics|index)\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(join(root, name), 'utf8').replace(comment, '').matchAll(literal)])
    .map(([, plain, template]) => (plain ?? template!).replace(/\$\{[^}]*\}/g, '*'))
    .filter((text) => advising.test(text) && !noAdvice.test(text));
}
