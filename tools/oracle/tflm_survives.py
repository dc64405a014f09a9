"""Whether TensorFlow Lite Micro survives damaged models that our verifier accepts.

    node tools/fuzz/tflite-fuzz.mjs --runs 5000 --keep DIR; python tools/oracle/tflm_survives.py DIR

Loads and runs each file in a process of its own; a refusal by the runtime is fine, an end by a signal is a finding.
Prints the findings and one line of figures; exits 1 when there are findings.
"""
import collections
import os
import pathlib
import signal
import sys

import numpy as np
from tflite_micro.python.tflite_micro import runtime

ARENA_BYTES = 8 << 20
SECONDS = 20


def run(path):
    interpreter = runtime.Interpreter.from_bytes(path.read_bytes(), arena_size=ARENA_BYTES)
    position = 0
    while True:
        try:
            detail = interpreter.get_input_details(position)
        except Exception:  # noqa: BLE001 - past the last input
            break
        interpreter.set_input(np.zeros(detail["shape"], detail["dtype"]), position)
        position += 1
    interpreter.invoke()


def in_child(path):
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        signal.alarm(SECONDS)
        try:
            run(path)
        except BaseException:  # noqa: BLE001 - a refusal
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def main():
    counts = collections.Counter()
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.tflite")):
        status = in_child(path)
        if not os.WIFSIGNALED(status):
            counts["ran" if status == 0 else "refused by the runtime"] += 1
            continue
        name = signal.Signals(os.WTERMSIG(status)).name
        counts[name] += 1
        print(f"{name}: {path}")
    figures = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    print(f"TensorFlow Lite Micro on {sum(counts.values())} damaged models that verify: {figures}")
    sys.exit(1 if any(what.startswith("SIG") for what in counts) else 0)


if __name__ == "__main__":
    main()
