// What helps with operators of a .tflite file that cannot be imported; each line was tried once.

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
  FILL: 'give the input of the source model batch_size=1 and convert it again: the values then become constants',
  LSTM: UNROLL,
  RNN: UNROLL,
  UNIDIRECTIONAL_SEQUENCE_RNN: UNROLL,
};
