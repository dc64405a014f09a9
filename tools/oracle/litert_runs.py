"""Runs models several times in a row on LiteRT, each in one interpreter: what is kept from run to run goes on.

    python litert_runs.py FILE

FILE is that of tflm_runs.py. Prints one object per model: {outputs: [run][output] base64}, or {refused: text}.

The runtime may end its process over a model: each is run by a child.
"""

import base64
import json
import os
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter


def array_of(feed):
    return np.frombuffer(base64.b64decode(feed["data"]), feed["dtype"]).reshape(feed["shape"])


def run(case):
    interpreter = Interpreter(model_path=case["model"])
    interpreter.allocate_tensors()
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    answers = []
    for feeds in case["feeds"]:
        for details, feed in zip(inputs, feeds):
            interpreter.set_tensor(details["index"], array_of(feed))
        interpreter.invoke()
        given = [np.ascontiguousarray(interpreter.get_tensor(details["index"])) for details in outputs]
        answers.append([base64.b64encode(output.tobytes()).decode() for output in given])
    return {"outputs": answers}


def answer(case):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            given = run(case)
        except Exception as error:
            given = {"refused": str(error)}
        with os.fdopen(write, "w") as pipe:
            json.dump(given, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"refused": "the process ended"}


def main():
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    print(json.dumps([answer(case) for case in cases]))


if __name__ == "__main__":
    main()
