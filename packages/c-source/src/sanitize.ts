// Makes a name for C out of whatever a user calls a model.
import { identifierFault } from './fragment.js';

/**
 * The nearest acceptable identifier to any text: other characters become underscores, at most `limit` characters.
 * `prefix` stands in front where the text alone would be no name (a keyword, a leading digit, nothing left).
 */
export function sanitizedName(text: string, prefix = 'model', limit = 40): string {
  const plain = text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, limit)
    .replace(/_+$/, '');
  if (identifierFault(plain) === null) return plain;
  return plain === '' ? prefix : `${prefix}_${plain}`.slice(0, limit).replace(/_+$/, '');
}
