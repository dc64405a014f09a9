// Where the constants of a model go in memory: a macro that stands in front of each, which the firmware can define otherwise.
import { c, comment, stringLiteral, type CFragment } from './fragment.js';
import type { ModelNames } from './names.js';

/** `section`: null for where constants go anyway. */
export interface ConstantPlacement {
  readonly section: string | null;
  readonly why: string;
}

/** The macro `names.attributes`, of an `array` or of several `constants`. */
export function placementMacro(
  { section, why }: ConstantPlacement,
  { attributes }: ModelNames,
  placed: 'array' | 'constants',
): CFragment {
  const attribute =
    section === null
      ? c`#define ${attributes}`
      : c`#define ${attributes} __attribute__((section(${stringLiteral(section)})))`;
  // Code reads constants itself; an array is read by whoever is handed it.
  const where =
    placed === 'array' ? c`it elsewhere` : c`them elsewhere in memory that code reads by a pointer (not PROGMEM)`;
  return c`${comment(`Where the ${placed === 'array' ? 'array goes' : 'constants go'}: ${why}.`)}
/* Define ${attributes} on the compiler's command line to place ${where}. */
#ifndef ${attributes}
${attribute}
#endif`;
}
