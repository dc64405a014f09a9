// Reads Kotlin and Swift as far as tests need it where no compiler is at hand: brackets, and names beside what is known.

/** Without comments and strings. */
function code(text: string): string {
  return text.replace(/\/\*.*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/gs, (found) => (found.startsWith('"') ? '""' : ' '));
}

/** Brackets that are left open, or the one that closes another; empty where all is well. */
export function unclosed(text: string): string {
  const open: string[] = [];
  for (const bracket of code(text).match(/[()[\]{}]/g) ?? []) {
    if ('([{'.includes(bracket)) open.push(bracket);
    else if (open.pop() !== { ')': '(', ']': '[', '}': '{' }[bracket]) return bracket;
  }
  return open.join('');
}

export function namesOf(text: string): ReadonlySet<string> {
  return new Set(code(text).match(/(?<![\w.$]\d*)[A-Za-z_]\w*/g));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Of the language and its library, of Android, of LiteRT (v2.1.0, litert/kotlin), and declared in the example. */
export const wordsOfKotlin = words(`
  import class private val var fun return override companion object const if else as in
  Int Float Long Any String List FloatArray ByteArray IntArray LongArray BooleanArray AutoCloseable
  require size listOf forEach it let apply toLong toInt toByte coerceIn maxByOrNull indices kotlin math abs and or shl shr
  android content res AssetManager
  com google ai edge litert Accelerator CompiledModel CPU GPU Options CpuOptions GpuOptions cpuOptions gpuOptions numThreads
  precision Precision FP16 FP32 create createInputBuffers createOutputBuffers run close
  writeFloat readFloat writeInt8 readInt8 writeInt readInt
  assets model inputs outputs options MODEL_FILE LABELS label scores stored real scale zeroPoint least greatest steps at
`);

/** Of the language and its library, of TensorFlowLite (v2.1.0, tflite/swift), and declared in the example. */
export const wordsOfSwift = words(`
  _ import final class static let var private init func try throws return self Self type
  Int Float Int8 UInt8 Int16 Int32 String Value Type Data Array Foundation Bundle main path forResource ofType
  precondition count map max min rounded toNearestOrAwayFromZero indices withUnsafeBytes bindMemory to true false
  TensorFlowLite Interpreter MetalDelegate Options isPrecisionLossAllowed modelPath delegates options allocateTensors
  copy toInputAt invoke output at data
  interpreter bundledModelPath run labels label scores stored values index real scale zeroPoint least greatest
`);
