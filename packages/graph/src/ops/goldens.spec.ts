// Every operator's int8 reference against the recorded answers of TFLite Micro and LiteRT, bit for bit.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dataTypes, type DataType, type TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import { tensorAt, type Graph, type Quantization } from '../ir.js';
import type { Rounding } from '../op-definition.js';
import { singleOperatorGraph } from '../single-operator.js';
import type { OpKind } from './index.js';

interface RecordedOperand {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly quantization?: Quantization;
  /** A constant's bytes, base64. */
  readonly data?: string;
  /** What the graph input is fed with. */
  readonly feed?: string;
}

interface RecordedCase {
  readonly kind: OpKind;
  readonly attributes: object;
  readonly inputs: readonly (RecordedOperand | null)[];
  readonly output: RecordedOperand;
  readonly micro: string;
  /** The outputs behind the first, all of its type. */
  readonly others?: readonly string[];
  readonly litert?: string;
}

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const kinds = readdirSync(folder)
  .filter((name) => existsSync(`${folder}${name}/int8.json`))
  .sort();

function decode(text: string, dtype: DataType): TensorData {
  return new dataTypes[dtype].array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

function graphOf({ kind, inputs, attributes, output }: RecordedCase): Graph {
  const operands = inputs.map((operand) => {
    if (operand === null) return null;
    const { shape, dtype, quantization, data } = operand;
    return { shape, dtype, quantization, ...(data === undefined ? {} : { data: decode(data, dtype) }) };
  });
  // The kind is known at run time only, so no single kind's attributes can be named here.
  return singleOperatorGraph(kind, operands, attributes as never, output.quantization, output.dtype);
}

describe.each(kinds)('%s', (name) => {
  const cases = JSON.parse(readFileSync(`${folder}${name}/int8.json`, 'utf8')) as readonly RecordedCase[];

  it.each(cases.map((recorded, number) => [number, recorded] as const))(
    'case %i equals the recorded answers',
    (_, recorded) => {
      const graph = graphOf(recorded);
      const feeds = recorded.inputs.flatMap((operand) =>
        operand?.feed === undefined ? [] : [decode(operand.feed, operand.dtype)],
      );
      const run = (rounding: Rounding): TensorData[] => evaluate(graph, feeds, { rounding });
      const recordedAs = (answers: readonly string[]): TensorData[] =>
        answers.map((answer) => decode(answer, recorded.output.dtype));
      expect(tensorAt(graph, graph.outputs[0]!).shape).toEqual(recorded.output.shape);
      expect(run('double')).toEqual(recordedAs([recorded.micro, ...(recorded.others ?? [])]));
      if (recorded.litert !== undefined) expect(run('single')).toEqual(recordedAs([recorded.litert]));
    },
  );
});

it('holds cases in which the two runtimes differ, so that the rounding is seen to matter', () => {
  const all = kinds.flatMap((name) => JSON.parse(readFileSync(`${folder}${name}/int8.json`, 'utf8')) as RecordedCase[]);
  expect(all.filter(({ micro, litert }) => litert !== undefined && litert !== micro).length).toBeGreaterThan(0);
});
