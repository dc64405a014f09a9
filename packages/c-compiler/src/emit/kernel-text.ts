// The C files that a model's kernels come from, each once and behind what it needs.
import { c, join, renamed, type CFragment, type ModelNames } from '@wherry/c-source';
import { kernelSources, type KernelSource } from '../kernel-sources.js';

export interface KernelText {
  readonly text: CFragment;
  readonly headers: readonly string[];
}

/** `files`: as in a KernelCall. */
export function kernelText(files: Iterable<string>): KernelText {
  const found = new Map<string, KernelSource>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    const source = sourceOf(name);
    source.needs.forEach(add);
    found.set(name, source);
  };
  for (const file of [...files].sort()) add(`${file.includes('/') ? file : `portable/${file}`}.h`);
  const sources = [...found.values()];
  return {
    text: join(
      sources.map(({ source }) => source),
      '\n\n',
    ),
    headers: [...new Set(sources.flatMap(({ headers }) => headers))].sort(),
  };
}

/** What all names of the kernels' files begin with. */
const prefix = /^wherry_/i;

/** What the model calls a function, type or macro of the kernels: its own, so that another model may stand in front of it. */
export function ownName(name: string, names: ModelNames): CFragment {
  const rest = name.replace(prefix, '');
  return name === name.toUpperCase() ? names.macro(rest) : names.lower(rest);
}

/** The kernels under names of the model's own. */
export function ownKernels(source: CFragment, names: ModelNames): CFragment {
  return renamed(source, (name) => (prefix.test(name) ? ownName(name, names) : undefined));
}

function sourceOf(name: string): KernelSource {
  const source = kernelSources[name];
  if (source === undefined) throw new Error(`no kernel file ${name}`);
  return source;
}

/** The system headers, which are those of the language. */
export function includes(headers: readonly string[]): CFragment {
  const known: { readonly [header: string]: CFragment } = {
    'math.h': c`#include <math.h>`,
    'stdint.h': c`#include <stdint.h>`,
    'string.h': c`#include <string.h>`,
  };
  return join(
    headers.map((header) => {
      const line = known[header];
      if (line === undefined) throw new Error(`kernels may not include ${header}`);
      return line;
    }),
    '\n',
  );
}
