"""Runs models several times in a row on TFLite Micro, each in one interpreter: what is kept from run to run goes on.

    python tflm_runs.py FILE

FILE holds a list of {model: path, feeds: [run][input] {dtype, shape, data: base64}, outputs: count}. Prints one object per
model: {outputs: [run][output] base64, used: bytes of the arena}, or {refused: text}.
"""

import base64
import json
import os
import re
import sys
import tempfile

import numpy as np
from tflite_micro.python.tflite_micro import runtime

PLENTY = 16 << 20
TOTAL = re.compile(r"Arena allocation total (\d+) bytes")


def printed_by(call):
    """What C++ prints while `call` runs, which no Python stream sees."""
    kept = [os.dup(stream) for stream in (1, 2)]
    with tempfile.TemporaryFile() as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
        try:
            call()
        finally:
            for stream, copy in zip((1, 2), kept):
                os.dup2(copy, stream)
                os.close(copy)
        file.seek(0)
        return file.read().decode(errors="replace")


def array_of(feed):
    return np.frombuffer(base64.b64decode(feed["data"]), feed["dtype"]).reshape(feed["shape"])


def run(case):
    with open(case["model"], "rb") as file:
        interpreter = runtime.Interpreter.from_bytes(file.read(), arena_size=PLENTY)
    found = TOTAL.search(printed_by(interpreter.print_allocations))
    answers = []
    for feeds in case["feeds"]:
        for position, feed in enumerate(feeds):
            interpreter.set_input(array_of(feed), position)
        interpreter.invoke()
        outputs = [np.ascontiguousarray(interpreter.get_output(i)) for i in range(case["outputs"])]
        answers.append([base64.b64encode(output.tobytes()).decode() for output in outputs])
    return {"outputs": answers, "used": int(found.group(1))}


def main():
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    answers = []
    for case in cases:
        try:
            answers.append(run(case))
        except Exception as error:  # The package raises what its C++ gives.
            answers.append({"refused": str(error)})
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
