// All tables of the TFLite schema and of the schema of its model metadata, by name.
import { arrayOptionTables } from './array-option-tables.js';
import { coreTables } from './core-tables.js';
import { descriptionTables } from './description-tables.js';
import { emptyOptionTables } from './empty-option-tables.js';
import { layerOptionTables } from './layer-option-tables.js';
import { stablehloOptionTables } from './stablehlo-option-tables.js';

export const tables = {
  ...coreTables,
  ...layerOptionTables,
  ...arrayOptionTables,
  ...emptyOptionTables,
  ...stablehloOptionTables,
  ...descriptionTables,
} as const;

export type TableName = keyof typeof tables;

/** The four bytes after the root offset. */
export const fileIdentifier = 'TFL3';

/** `Model.version`, the only one in use. */
export const schemaVersion = 3;
