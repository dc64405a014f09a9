// The firmware of the profiler around a model that TensorFlow Lite Micro runs, as a project of somebody's kit.
import { interpretedProject, type AgentKit, type KitDevice } from '@wherry/agent-exporter';
import { exportInterpreted } from '@wherry/c-exporter';
import { modelNames } from '@wherry/c-source';
import { modelLayout } from '@wherry/device-protocol';
import { operatorOf } from '@wherry/graph';
import { firmwareExport, type Target } from '@wherry/profiles';
import { carriedPlan } from '../diff/carried-plan.js';
import { arenaBytes, arenaWithMargin, estimateOf } from '../fit.js';
import { planTargetMemory } from '../plan-target-memory.js';
import { requireLegal, requireMemoryTarget } from '../target-rules.js';
import { toolVersion } from '../tool.js';
import { modelName, modelSymbol } from './agent-firmware.js';
import type { MeasuredFile } from './measured-model.js';

/** `target`: a device whose runtime is an interpreter. Throws TARGET_CANNOT_RUN, RUNTIME_WITHOUT_ARENA and EXPORT_MODEL. */
export function interpretedFirmware(
  model: MeasuredFile,
  target: Target,
  kit: AgentKit,
  device: KitDevice,
): ReadonlyMap<string, string> {
  const { graph, bytes, fileName, sha256, file } = model;
  const { profile } = target;
  requireLegal(target, graph);
  const called = { name: modelName, symbol: modelSymbol };
  const about = { ...called, names: modelNames(called), sha256, profile: profile.id, toolVersion };
  const project = interpretedProject(
    {
      ...about,
      ...{
        runtime: profile.runtime.name,
        operators: graph.nodes.length,
        operatorCodes: file.operator_codes?.length ?? 0,
        inputBytes: modelLayout(graph).inputs.reduce((sum, bytes) => sum + bytes, 0),
      },
      arenaBytes: arenaFor(model, target),
    },
    kit,
    device,
  );
  const { placement, arrayFormat } = firmwareExport(profile);
  const files = exportInterpreted({
    ...{ ...called, modelName: fileName, model: bytes, profileId: profile.id, placement },
    // Kits have no rule for a file that the assembler reads.
    arrayFormat: arrayFormat === 'incbin' ? 'string' : arrayFormat,
    resolverMethods: [...new Set(graph.nodes.map(({ kind }) => operatorOf(kind).tflm?.resolver ?? kind))],
    hashes: { model: sha256 },
    tool: { name: 'wherry', version: toolVersion },
  });
  const own = [...files].map(([file, { text }]) => [`${project.modelFolder}/${file}`, text] as const);
  return new Map([...project.files, ...own]);
}

/** As the report of the output folder has it, where it is for this device; otherwise foretold here, with room for a plan that the file carries. */
export function arenaFor({ graph, file, foretold, profile }: MeasuredFile, target: Target): number {
  if (foretold?.isCompiled === false && profile === target.profile.id) return foretold.arenaBytes;
  const memory = planTargetMemory(graph, requireMemoryTarget(target));
  const estimate = estimateOf(memory);
  const usedBytes = (carriedPlan(file)?.bytes ?? 0) + estimate.persistentBytes;
  return Math.max(arenaBytes(target, memory), arenaWithMargin(target, { ...estimate, usedBytes }));
}
