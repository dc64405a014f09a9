// What helps with operators of a .tflite file that cannot be imported; each line was tried once.

const ONE_SAMPLE = 'give the input of the source model batch_size=1 and convert it again';
const KERAS_FILE = 'give the Keras file (.keras or .h5) itself';

const UNROLL =
  'in the source model, build the recurrent layer with unroll=True and the input with batch_size=1, copy the weights ' +
  '(new.set_weights(old.get_weights())), and convert that';

/** Builtin operators that call other subgraphs or keep state. */
export const controlRemedies: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'IF',
      'CALL',
      'CALL_ONCE',
      'STABLEHLO_CASE',
      'STABLEHLO_WHILE',
      'VAR_HANDLE',
      'READ_VARIABLE',
      'ASSIGN_VARIABLE',
    ].map((builtin) => [
      builtin,
      'convert a model without loops, branches and variables: make state an input and an output',
    ]),
  ),
  WHILE: `a loop is usually a recurrent layer: ${UNROLL}`,
};

export const operatorRemedies: Readonly<Record<string, string>> = {
  BIDIRECTIONAL_SEQUENCE_LSTM: UNROLL,
  BIDIRECTIONAL_SEQUENCE_RNN: UNROLL,
  BATCH_TO_SPACE_ND: `${ONE_SAMPLE}: dilated and grouped convolutions then are one operator each`,
  FILL: `${ONE_SAMPLE}: the values then become constants`,
  LSTM: UNROLL,
  NEG: `of LayerNormalization ${KERAS_FILE}, where it is read as means, products and a root`,
  REDUCE_MAX: `of GlobalMaxPooling2D ${KERAS_FILE}, where it is read as a pooling over the whole image`,
  REDUCE_PROD: `${ONE_SAMPLE}: shapes that it computes with then become constants`,
  RNN: UNROLL,
  SPACE_TO_BATCH_ND: `${ONE_SAMPLE}: dilated and grouped convolutions then are one operator each`,
  TILE: `of UpSampling1D ${KERAS_FILE}, where it is read as a resize`,
  UNIDIRECTIONAL_SEQUENCE_RNN: UNROLL,
};
