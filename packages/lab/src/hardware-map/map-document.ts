// A hardware map as text, in YAML or JSON: the values that stand there, before anybody looks at what they mean.
import { WherryError } from '@wherry/graph';
import YAML from 'yaml';
import { labDiagnostics } from '../diagnostics.js';

/**
 * Scalars stay as they are written, but for true, false and null: the serial number 000683759358 is no number. JSON is YAML as
 * well. Throws LAB_MAP_INVALID.
 */
export function mapDocument(content: string, where: string): unknown {
  const document = YAML.parseDocument(content, {
    version: '1.2',
    schema: 'failsafe',
    customTags: ['null', 'bool'],
    // No map needs them, and a few lines of them make gigabytes.
    maxAliasCount: 0,
  });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw unreadable(fault.message, where);
  try {
    return document.toJSON() as unknown;
  } catch (error) {
    throw unreadable((error as Error).message, where);
  }
}

function unreadable(message: string, where: string): WherryError {
  return new WherryError(labDiagnostics.LAB_MAP_INVALID, {
    what: `it is neither YAML nor JSON that can be read: ${message.split('\n')[0]!}`,
    where,
    next: 'write a list of boards, each with id, platform, serial and connected, without anchors and tags',
  });
}
