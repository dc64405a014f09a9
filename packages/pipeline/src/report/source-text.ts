// What a model file is and who wrote it, in a few words.
import { printable } from '@wherry/graph';
import type { Report } from './report.js';

/** Files need not say who wrote them. */
export function sourceText({
  format,
  producer,
  version,
}: Pick<Report['model'], 'format' | 'producer' | 'version'>): string {
  if (producer === 'unknown') return format;
  return `${format}, ${printable(version === 'unknown' ? producer : `${producer} ${version}`)}`;
}
