// Structures of the kernels are filled by the names of their fields, in the order that their source has.
import { initializer } from './settings.js';

const source = `typedef struct {
  int32_t low, high; /* of the output */
} inner;
typedef struct {
  int32_t first;
  /* Several; one a line. */
  int32_t many[2], last;
  inner to;
} outer;`;
const values = { to: { high: 5, low: -2147483648 }, last: 4, many: [2, 3], first: 1 };

it('writes values in the order of the fields', () => {
  expect(initializer(source, 'outer', values).text).toBe(
    '{ 1 /* first */, { 2, 3 } /* many */, 4 /* last */, { ((-2147483647) - 1) /* low */, 5 /* high */ } /* to */ }',
  );
});

it.each([
  ['a value that no field takes', { ...values, more: 1 }, /no field more/],
  ['a field without a value', { ...values, last: undefined as unknown as number }, /no value for last/],
])('refuses %s', (_, wrong, message) => {
  expect(() => initializer(source, 'outer', wrong)).toThrow(message);
});

it('refuses a structure that no kernel has', () => {
  expect(() => initializer(source, 'other', {})).toThrow(/no kernel declares other/);
});
