// What is recognised by content, and what is said about formats that are not imported.
import { kerasFile, layer, sequential } from './testing/keras-file.js';
import { refusalOf } from './testing/refusal-of.js';
import { importModel } from './import-model.js';

function refusal(bytes: Uint8Array, fileName?: string): string {
  return refusalOf(() => importModel(bytes, fileName === undefined ? {} : { fileName }));
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('importModel', () => {
  it('knows a Keras file by its bytes, whatever it is called', async () => {
    const bytes = await kerasFile({
      config: sequential([3], layer('Dropout', { name: 'd', rate: 0.1 })),
      kerasVersion: '2.4.0',
    });
    const { graph, source } = importModel(bytes, { fileName: 'model.tflite' });
    expect(source).toEqual({ format: 'keras-hdf5', producer: 'Keras', version: '2.4.0' });
    expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([1, 3]);
  });

  it.each([
    ['a SavedModel', Uint8Array.of(8, 1, 0x12, 5, 0, 0), 'from_saved_model'],
    ['an ONNX model', Uint8Array.of(8, 7, 0x12, 5, 0, 0), 'onnx2tf'],
    ['a TensorFlow.js model', text('{"format": "layers-model", "modelTopology": {}}'), 'tensorflowjs_converter'],
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 0), 'model.save'],
  ])('says how to convert %s', (_what, bytes, next) => {
    const message = refusal(bytes, 'model.h5');
    expect(message).toContain('IMPORT_FORMAT_UNSUPPORTED');
    expect(message).toContain(next);
    expect(message).toContain('model.h5');
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'the file is empty', 'download the model again'],
    [
      'a pointer of Git LFS',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n'),
      'the file is a pointer of Git LFS',
      'git lfs pull',
    ],
    ['a page that was downloaded', text('\n<!DOCTYPE html>\n<html>'), 'the file is a page of HTML', 'log in'],
  ])('says what stands in the place of a model: %s', (_what, bytes, is, next) => {
    const message = refusal(bytes, 'model.h5');
    expect(message).toMatch(/^IMPORT_UNKNOWN_FORMAT: /);
    expect(message).toContain(is);
    expect(message).toContain(next);
  });

  it.each([
    ['one byte', Uint8Array.of(8)],
    ['text', text('hello, world')],
  ])('refuses %s', (_what, bytes) => {
    expect(refusal(bytes)).toContain('IMPORT_UNKNOWN_FORMAT');
  });

  it('refuses a .tflite that ends after its identifier', () => {
    expect(refusal(Uint8Array.of(0x18, 0, 0, 0, ...text('TFL3')))).toMatch(/^TFLITE_/);
  });
});
