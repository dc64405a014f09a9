// model_example.kt: LiteRT's CompiledModel on Android, on the CPU or on the GPU. Names of the interface as in
// google-ai-edge/LiteRT v2.1.0, litert/kotlin (CompiledModel, TensorBuffer).
import type { DataType } from '@wherry/graph';
import { c, decimal, integer, join, unicodeString, type CFragment } from '@wherry/c-source';
import type { TensorExport } from '../model-export.js';
import {
  className,
  decisionOf,
  exampleBanner,
  isReal,
  isStored,
  nothing,
  sizeOf,
  storedRange,
  type Decision,
  type ExampleModel,
} from './example-model.js';

interface Access {
  readonly array: CFragment;
  readonly write: CFragment;
  readonly read: CFragment;
}

const bytes: Access = { array: c`ByteArray`, write: c`writeInt8`, read: c`readInt8` };

/** Methods of TensorBuffer; bytes are copied for what it has no method for. */
const access: { readonly [dtype in DataType]?: Access } = {
  float32: { array: c`FloatArray`, write: c`writeFloat`, read: c`readFloat` },
  int32: { array: c`IntArray`, write: c`writeInt`, read: c`readInt` },
  int64: { array: c`LongArray`, write: c`writeLong`, read: c`readLong` },
  bool: { array: c`BooleanArray`, write: c`writeBoolean`, read: c`readBoolean` },
};

const accessOf = ({ dtype }: TensorExport): Access => access[dtype] ?? bytes;
const arrayOf = (tensor: TensorExport): CFragment => (isReal(tensor) ? c`FloatArray` : accessOf(tensor).array);

/** What all have in common. */
function listed(tensors: readonly TensorExport[]): CFragment {
  const [first, ...others] = tensors.map(arrayOf);
  return others.every(({ text }) => text === first!.text) ? first! : c`Any`;
}

export function kotlinExample(model: ExampleModel): CFragment {
  const { inputs, outputs, name } = model;
  const onGpu = model.example === 'kotlin-gpu';
  const decision = decisionOf(model);
  const parameters = inputs.map((tensor, at) => c`input${integer(at)}: ${arrayOf(tensor)}`);
  const result = outputs.length === 1 ? arrayOf(outputs[0]!) : c`List<${listed(outputs)}>`;
  const reads = outputs.map(readOf);
  return c`${exampleBanner(
    model,
    'kt',
    `how an Android application runs ${name}.tflite on the ${onGpu ? 'GPU' : 'CPU'} with LiteRT`,
    [
      `In build.gradle.kts: implementation("com.google.ai.edge.litert:litert:${model.runtime.from}").`,
      `The file belongs into src/main/assets; write your package above the imports.`,
    ],
  )}

import android.content.res.AssetManager
import com.google.ai.edge.litert.Accelerator
import com.google.ai.edge.litert.CompiledModel

/** Compiles the model once; run it as often as you like, on one thread at a time, and close it. */
class ${className(model)}(assets: AssetManager) : AutoCloseable {
  private val model = CompiledModel.create(assets, MODEL_FILE, options())
  private val inputs = model.createInputBuffers()
  private val outputs = model.createOutputBuffers()

  /** Values in the order of the shape, the last dimension fastest; real numbers as they were in training. */
  fun run(${join(parameters, ', ')}): ${result} {
${join([...inputs.map(writeOf), c`    model.run(inputs, outputs)`, outputs.length === 1 ? c`    return ${reads[0]!}` : c`    return listOf(${join(reads, ', ')})`], '\n')}
  }
${decision === undefined ? nothing : labelFunction(decision)}
  override fun close() {
    inputs.forEach { it.close() }
    outputs.forEach { it.close() }
    model.close()
  }

  companion object {
    const val MODEL_FILE = ${unicodeString(`${name}.tflite`, 'kotlin')}
${
  decision === undefined
    ? nothing
    : c`    val LABELS = listOf(${join(
        decision.labels.map((label) => unicodeString(label, 'kotlin')),
        ', ',
      )})\n`
}${onGpu ? gpuOptions(model.halfPrecision) : cpuOptions}
${inputs.some(isStored) ? conversions : nothing}  }
}
`;
}

const cpuOptions = c`    /** XNNPACK is on without a word; threads beyond the number of large cores slow it down. */
    private fun options() =
      CompiledModel.Options(Accelerator.CPU).apply { cpuOptions = CompiledModel.CpuOptions(numThreads = 4) }`;

function gpuOptions(half: boolean): CFragment {
  return half
    ? c`    /** The numbers of this model were made for float16, which is faster on every GPU. */
    private fun options() =
      CompiledModel.Options(Accelerator.GPU).apply {
        gpuOptions = CompiledModel.GpuOptions(precision = CompiledModel.GpuOptions.Precision.FP16)
      }`
    : c`    /** Without this the GPU computes in float16, which this model was not made for. */
    private fun options() =
      CompiledModel.Options(Accelerator.GPU).apply {
        gpuOptions = CompiledModel.GpuOptions(precision = CompiledModel.GpuOptions.Precision.FP32)
      }`;
}

const conversions = c`
    /** The stored value nearest to a real one; halves away from zero. */
    private fun stored(real: Float, scale: Float, zeroPoint: Int, least: Int, greatest: Int): Int {
      val steps = (kotlin.math.abs(real / scale) + 0.5f).toLong()
      return ((if (real < 0) -steps else steps) + zeroPoint).coerceIn(least.toLong(), greatest.toLong()).toInt()
    }
`;

function writeOf(tensor: TensorExport, at: number): CFragment {
  const input = c`input${integer(at)}`;
  const check = c`    require(${input}.size == ${integer(sizeOf(tensor))}) { ${unicodeString(`input ${at} takes ${sizeOf(tensor)} values`, 'kotlin')} }`;
  const write = c`    inputs[${integer(at)}].${accessOf(tensor).write}`;
  const { quantization, dtype } = tensor;
  if (quantization === undefined || !isStored(tensor)) return c`${check}\n${write}(${input})`;
  const [least, greatest] = storedRange[dtype]!;
  const value = (index: CFragment): CFragment =>
    c`stored(${input}[${index}], ${floatOf(quantization.scale)}, ${integer(quantization.zeroPoint)}, ${integer(least)}, ${integer(greatest)})`;
  if (dtype !== 'int16') return c`${check}\n${write}(ByteArray(${input}.size) { ${value(c`it`)}.toByte() })`;
  return c`${check}
    // Two bytes for each value, the low one first.
${write}(ByteArray(2 * ${input}.size) { (${value(c`it / 2`)} shr (8 * (it % 2))).toByte() })`;
}

function readOf(tensor: TensorExport, at: number): CFragment {
  const { quantization, dtype } = tensor;
  const read = c`outputs[${integer(at)}].${accessOf(tensor).read}()`;
  if (quantization === undefined || !isStored(tensor)) return read;
  const real = (stored: CFragment): CFragment =>
    c`${floatOf(quantization.scale)} * (${stored} - ${integer(quantization.zeroPoint)})`;
  if (dtype === 'int16')
    return c`${read}.let { FloatArray(it.size / 2) { at -> ${real(c`(it[2 * at].toInt() and 0xff or (it[2 * at + 1].toInt() shl 8))`)} } }`;
  const stored = dtype === 'uint8' ? c`(it[at].toInt() and 0xff)` : c`it[at]`;
  return c`${read}.let { FloatArray(it.size) { at -> ${real(stored)} } }`;
}

function floatOf(scale: number): CFragment {
  return c`${decimal(scale)}f`;
}

function labelFunction({ by }: Decision): CFragment {
  return by === 'greatest'
    ? c`
  /** The label of the greatest score in output 0. */
  fun label(scores: FloatArray): String = LABELS[scores.indices.maxByOrNull { scores[it] }!!]
`
    : c`
  /** The second label where output 0 is above one half. */
  fun label(scores: FloatArray): String = LABELS[if (scores[0] > 0.5f) 1 else 0]
`;
}
