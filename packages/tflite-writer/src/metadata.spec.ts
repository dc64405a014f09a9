// Named entries survive the file, and are replaced rather than piled up.
import { decode, encode } from './index.js';
import { changed, exampleModel } from './example-model.js';
import {
  readMetadata,
  readMinRuntimeVersion,
  readProvenance,
  withMetadata,
  withMinRuntimeVersion,
  withProvenance,
} from './metadata.js';

const provenance = { tool: '0.1.0', sourceModel: 'ab'.repeat(32), profile: 'cd'.repeat(32), calibrationSet: null };

describe('metadata', () => {
  it('comes back from the file', () => {
    const model = decode(encode(withProvenance(exampleModel, provenance)));
    expect(readProvenance(model)).toEqual(provenance);
    expect(readMinRuntimeVersion(model)).toBe('1.14.0');
    expect(readMetadata(model, 'nothing')).toBeUndefined();
    expect(readProvenance(exampleModel)).toBeUndefined();
  });

  it('is written with sorted keys', () => {
    const { tool, ...rest } = provenance;
    expect(encode(withProvenance(exampleModel, { ...rest, tool }))).toEqual(
      encode(withProvenance(exampleModel, provenance)),
    );
    const text = new TextDecoder().decode(readMetadata(withProvenance(exampleModel, provenance), 'wherry.provenance'));
    expect(text).toMatch(/^\{"calibrationSet":null,"profile":.*"sourceModel":.*"tool":"0.1.0"\}$/);
  });

  it('is replaced in place', () => {
    const once = withProvenance(exampleModel, provenance);
    const twice = withProvenance(once, { ...provenance, tool: '0.2.0' });
    expect(twice.buffers?.length).toBe(once.buffers?.length);
    expect(twice.metadata).toEqual(once.metadata);
    expect(readProvenance(twice)?.tool).toBe('0.2.0');
  });

  it('does not write into a buffer that a tensor has as well', () => {
    const shared = changed(exampleModel, ['metadata', 0, 'buffer'], 1);
    const model = withMetadata(shared, 'min_runtime_version', Uint8Array.of(1));
    expect(model.buffers?.[1]).toBe(exampleModel.buffers?.[1]);
    expect(readMetadata(model, 'min_runtime_version')).toEqual(Uint8Array.of(1));
  });

  it('writes the runtime version as a C string of 16 bytes', () => {
    const model = withMinRuntimeVersion({}, '2.3.0');
    expect(readMetadata(model, 'min_runtime_version')).toEqual(
      Uint8Array.from({ length: 16 }, (_, i) => '2.3.0'.charCodeAt(i) || 0),
    );
    expect(readMinRuntimeVersion(model)).toBe('2.3.0');
  });

  it.each(['nonsense', '[]', '{"tool":1}', 'null'])('refuses %s in the place of provenance', (text) => {
    const model = withMetadata(exampleModel, 'wherry.provenance', new TextEncoder().encode(text));
    expect(() => readProvenance(model)).toThrow(/TFLITE_METADATA/);
  });
});
