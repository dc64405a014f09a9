// Signatures: the names under which a program asks for inputs and outputs, and the tensors they lead to.
import type { Table, TfliteModel } from '@wherry/tflite-writer';
import type { Change } from './document.js';
import { plainValue, samePlain, type PlainValue } from './plain-value.js';

type Signature = Table<'SignatureDef'>;

export function compareSignatures(a: TfliteModel, b: TfliteModel): readonly Change[] {
  const [own, other] = [signaturesOf(a), signaturesOf(b)];
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((name): Change[] => {
    const [before, after] = [own.get(name) ?? null, other.get(name) ?? null];
    return samePlain(before, after) ? [] : [{ what: 'signature', name, a: before, b: after }];
  });
}

function signaturesOf(model: TfliteModel): ReadonlyMap<string, PlainValue> {
  return new Map(
    (model.signature_defs ?? []).map((signature, i) => [
      signature.signature_key ?? `signature ${i}`,
      plainValue({
        subgraph: signature.subgraph_index,
        inputs: namesOf(model, signature, 'inputs'),
        outputs: namesOf(model, signature, 'outputs'),
      }),
    ]),
  );
}

/** Tensors have other numbers in every file: their places among the inputs and outputs say which they are. */
function namesOf(model: TfliteModel, signature: Signature, ends: 'inputs' | 'outputs'): readonly string[] {
  const positions = model.subgraphs?.[signature.subgraph_index]?.[ends] ?? [];
  return (signature[ends] ?? []).map(({ name, tensor_index: index }) => `${name ?? ''}=${positions.indexOf(index)}`);
}
