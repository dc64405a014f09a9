// Numbers as the report writes them.
export { grouped, short } from '@wherry/graph';

export function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
