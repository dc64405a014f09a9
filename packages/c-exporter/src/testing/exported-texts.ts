// The exported files as whole texts, for tests.
import { exportC } from '../export-c.js';
import type { ModelExport } from '../model-export.js';

export function exportedTexts(model: ModelExport): Map<string, string> {
  return new Map([...exportC(model)].map(([file, { text }]) => [file, text]));
}
