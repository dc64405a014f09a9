// The public face of this package.
export { importDiagnostics } from './diagnostics.js';
export { fileFormat, type ImportedFormat, type OtherFormat } from './file-format.js';
export { importModel, type ImportedModel, type ModelSource } from './import-model.js';
export { kerasLayerNames } from './keras/layers/index.js';
export { openHdf5, type Attribute, type Hdf5Dataset, type Hdf5Group, type Values } from './hdf5/open-hdf5.js';
