// Steps of a model whose operator calls subgraphs, counted by hand as the runtime counts them.
import { encode } from '../encode/encode.js';
import { decode } from '../decode/decode.js';
import type { TableInit } from '../schema/table-types.js';
import { tensorLifetimes } from './tensor-lifetimes.js';

const tensor = (name: string): TableInit<'Tensor'> => ({ name, shape: [1], type: 'FLOAT32' });

it('lets what a caller gives out live until both calls are over, and everything inside during its own', () => {
  const model = decode(
    encode({
      operator_codes: [{ builtin_code: 'IF' }, { builtin_code: 'RELU' }],
      buffers: [{}],
      subgraphs: [
        {
          tensors: [tensor('condition'), tensor('given'), tensor('result'), tensor('unused'), tensor('last')],
          inputs: [0, 1],
          outputs: [4],
          operators: [
            {
              opcode_index: 0,
              inputs: [0, 1],
              outputs: [2],
              builtin_options: { type: 'IfOptions', value: { then_subgraph_index: 1, else_subgraph_index: 2 } },
            },
            { opcode_index: 1, inputs: [1], outputs: [4] },
          ],
        },
        ...['then', 'else'].map((name) => ({
          tensors: [tensor(`${name} x`), tensor(`${name} y`)],
          inputs: [0],
          outputs: [1],
          operators: [{ opcode_index: 1, inputs: [0], outputs: [1] }],
        })),
      ],
    }),
  );
  // The IF is step 1; each call is a step, and the RELU in it another; the last RELU is step 6.
  expect(tensorLifetimes(model)).toEqual([
    { first: 0, last: 5 },
    { first: 0, last: 6 },
    { first: 1, last: 5 },
    undefined,
    { first: 6, last: 6 },
    { first: 2, last: 3 },
    { first: 3, last: 3 },
    { first: 4, last: 5 },
    { first: 5, last: 5 },
  ]);
});
