// The public face of this package.
export { decode } from './decode/decode.js';
export { positionOf } from './decode/decode-table.js';
export {
  decodeDescription,
  describe,
  encodeDescription,
  readDescription,
  type Description,
  type ModelDescription,
  type TensorDescription,
} from './description/describe.js';
export { tfliteDiagnostics } from './diagnostics.js';
export { encode } from './encode/encode.js';
export { graphToModel, type GraphToModelOptions } from './from-graph/graph-to-model.js';
export {
  memoryPlanName,
  provenanceName,
  readMetadata,
  readMinRuntimeVersion,
  readProvenance,
  withMetadata,
  withMinRuntimeVersion,
  withProvenance,
  type Provenance,
} from './metadata.js';
export { builtinOperators } from './schema/builtin-operators.js';
export { enums } from './schema/enums.js';
export { layoutOf, type Field, type FieldType, type TableLayout } from './schema/field-notation.js';
export { fileIdentifier, schemaVersion, tables, type TableName } from './schema/tables.js';
export type * from './schema/table-types.js';
export { tensorTypeBits } from './schema/tensor-type-bits.js';
export { unions } from './schema/unions.js';
export { verifyMetadata } from './verify/verify-metadata.js';
export { verify, verifyModel } from './verify/verify-model.js';
