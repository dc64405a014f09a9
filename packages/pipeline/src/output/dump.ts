// Writes every value at a stage's boundary, numbered in the order they come to be.
import { printGraph } from '@wherry/graph';
import type { Deployment } from '../deployment.js';
import { writeOutputDirectory, type OutputFiles } from './output-directory.js';

const fileNames = [
  '1-imported.txt',
  '2-optimized.txt',
  '3-plan.json',
  '4-quantized.txt',
  '5-memory.json',
  '6-accuracy.json',
  '7-model.tflite',
] as const;

export const dumpNames: ReadonlySet<string> = new Set(fileNames);

export async function writeDump(directory: string, deployment: Deployment, signal?: AbortSignal): Promise<void> {
  const { imported, optimized, quantized, memory, accuracy, tflite } = deployment;
  const { activations, nodes, ...plan } = quantized.plan;
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const contents = [
    `${printGraph(imported)}\n`,
    `${printGraph(optimized)}\n`,
    json({ ...plan, chosen: quantized.chosen, candidates: quantized.candidates, activations: [...activations], nodes }),
    `${printGraph(quantized.graph)}\n`,
    json(memory),
    json(accuracy),
    tflite,
  ];
  const files: OutputFiles = new Map(fileNames.map((name, position) => [name, contents[position]!]));
  await writeOutputDirectory(directory, files, dumpNames, signal);
}
