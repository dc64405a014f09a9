// Each attribute is written into the field that means it: told by the names, as our own reader would undo an exchange.
import { operatorOf, opKinds, type OpKind } from './index.js';

/** What the schema calls otherwise. */
const otherwise: Readonly<Record<string, string>> = {
  activation: 'fused_activation_function',
  dilationH: 'dilation_h_factor',
  dilationW: 'dilation_w_factor',
  filterH: 'filter_height',
  filterW: 'filter_width',
  inType: 'in_data_type',
  outType: 'out_data_type',
  dimensions: 'squeeze_dims',
};
const ofKind: { readonly [K in OpKind]?: Readonly<Record<string, string>> } = {
  PACK: { count: 'values_count' },
  SHAPE: { outType: 'out_type' },
  SPLIT: { count: 'num_splits' },
  UNIDIRECTIONAL_SEQUENCE_LSTM: { cellActivation: 'fused_activation_function' },
  UNPACK: { count: 'num' },
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

it.each(opKinds)('%s', (kind) => {
  const { fields } = operatorOf(kind).tflite;
  const attributes = Object.keys(operatorOf(kind).defaults);
  const meant = attributes.map((name) => [name, ofKind[kind]?.[name] ?? otherwise[name] ?? snakeCase(name)]);
  expect(fields).toEqual(Object.fromEntries(meant));
});
