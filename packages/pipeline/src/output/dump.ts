// Writes every value at a stage's boundary, numbered in the order they come to be.
import { printGraph } from '@wherry/graph';
import type { Deployment, Selection } from '../deployment.js';
import { writeOutputDirectory } from './output-directory.js';
import { listFiles, sealed } from './output-mark.js';

const fileNames = [
  '1-imported.txt',
  '2-optimized.txt',
  '3-plan.json',
  '4-quantized.txt',
  '5-memory.json',
  '6-accuracy.json',
  '7-model.tflite',
] as const;

/** By it the folder is known for a dump; `deploy` replaces no other. */
const markName = 'files.json';

export const dumpNames: ReadonlySet<string> = new Set([...fileNames, markName]);

function chosenAmong(selection: Selection | null): Partial<Pick<Selection, 'chosen' | 'candidates'>> {
  return selection === null ? {} : { chosen: selection.chosen, candidates: selection.candidates };
}

/** Of a deployment whose host kept the imported graph. */
export async function writeDump(directory: string, deployment: Deployment, signal?: AbortSignal): Promise<void> {
  const { imported, optimized, quantized, memory, accuracy, tflite } = deployment;
  const { written, nodes, ...plan } = quantized.plan;
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const contents = [
    `${printGraph(imported!)}\n`,
    `${printGraph(optimized)}\n`,
    json({ ...plan, ...chosenAmong(quantized.selection), written: [...written], nodes }),
    `${printGraph(quantized.graph)}\n`,
    json(memory),
    json(accuracy),
    tflite,
  ];
  const files = new Map<string, string | Uint8Array>(fileNames.map((name, position) => [name, contents[position]!]));
  const list = { schemaVersion: 1, tool: { name: 'wherry', version: deployment.toolVersion }, files: listFiles(files) };
  await writeOutputDirectory(directory, files.set(markName, sealed(list)), { signal });
}
