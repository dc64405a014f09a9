"""Runs one-operator models on TFLite Micro and LiteRT, many in one process: what tools/oracle/contract.spec.ts asks of them.

    python contract_run.py FOLDER

FOLDER holds cases.json, a list of {model: [offset, bytes], feeds: [{dtype, shape, at: [offset, bytes]}], outputs: count,
ownKernels: whether LiteRT runs its reference kernels rather than XNNPACK's, versioned, arenas: {enough, tooSmall} or null}, and cases.bin with the bytes that the offsets count in. Writes FOLDER/answers.json, one object per
case: `micro` and `litert` are {outputs: [base64], used} or {refused: text}; `enough` and `tooSmall` say whether TFLite
Micro allocates its tensors in an arena of that size.

A runtime may end its process where it refuses: each question is answered by a child that goes on until one kills it.
"""

import base64
import ctypes
import json
import os
import re
import sys
import tempfile

import numpy as np
from ai_edge_litert.interpreter import Interpreter as LiteRt, OpResolverType
from tflite_micro.python.tflite_micro import runtime

PLENTY = 4 << 20
TOTAL = re.compile(r"Arena allocation total (\d+) bytes")
C = ctypes.CDLL(None)


def text(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


class Printed:
    """What the runtimes' C++ prints, which no Python stream sees."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()
        os.dup2(self.file.fileno(), 1)
        os.dup2(self.file.fileno(), 2)

    def clear(self):
        C.fflush(None)
        os.ftruncate(self.file.fileno(), 0)
        os.lseek(self.file.fileno(), 0, os.SEEK_SET)

    def read(self):
        C.fflush(None)
        os.lseek(self.file.fileno(), 0, os.SEEK_SET)
        return os.read(self.file.fileno(), 1 << 20).decode(errors="replace")


def ask_micro(model, feeds, outputs, printed):
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=PLENTY)
    printed.clear()
    interpreter.print_allocations()
    found = TOTAL.search(printed.read())
    for position, values in enumerate(feeds):
        interpreter.set_input(values, position)
    interpreter.invoke()
    answers = [text(interpreter.get_output(position)) for position in range(outputs)]
    return {"outputs": answers, "used": int(found.group(1)) if found else None}


def ask_litert(model, feeds, own_kernels):
    # XNNPACK quantizes activations at run time in a way of its own.
    resolver = OpResolverType.BUILTIN_REF if own_kernels else OpResolverType.AUTO
    interpreter = LiteRt(model_content=model, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    for details, values in zip(interpreter.get_input_details(), feeds):
        interpreter.set_tensor(details["index"], values)
    interpreter.invoke()
    return {"outputs": [text(interpreter.get_tensor(item["index"])) for item in interpreter.get_output_details()]}


def ask_arena(model, size):
    runtime.Interpreter.from_bytes(model, arena_size=size)
    return True


def questions(cases):
    for number, case in enumerate(cases):
        yield number, "micro"
        yield number, "litert"
        if case["arenas"] is not None:
            yield number, "enough"
            yield number, "tooSmall"


def answer(blob, case, name, printed):
    model = blob[case["model"][0]:sum(case["model"])]
    if name in ("enough", "tooSmall"):
        return ask_arena(model, case["arenas"][name])
    feeds = [np.frombuffer(blob[at[0]:sum(at)], dtype).reshape(shape)
             for at, dtype, shape in ((f["at"], f["dtype"], f["shape"]) for f in case["feeds"])]
    if name == "micro":
        return ask_micro(model, feeds, case["outputs"], printed)
    return ask_litert(model, feeds, case["ownKernels"])


# TFLite Micro prints what memory it took before it says what it refuses.
figures = "[RecordingMicroAllocator]"


def refusal(name, reason):
    return False if name in ("enough", "tooSmall") else {"refused": reason}


def work(blob, cases, asked, write):
    """In the child: answers until the end, or until a runtime takes the process with it."""
    printed = Printed()
    with os.fdopen(write, "w") as pipe:
        for number, name in asked:
            printed.clear()
            try:
                given = answer(blob, cases[number], name, printed)
            except Exception as error:
                said = [line for line in printed.read().splitlines() if line.strip() and not line.startswith(figures)]
                given = refusal(name, said[0] if said else str(error).splitlines()[0])
            pipe.write(json.dumps(given) + "\n")
            pipe.flush()


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "cases.json")) as file:
        cases = json.load(file)
    with open(os.path.join(folder, "cases.bin"), "rb") as file:
        blob = file.read()
    answers = [{} for _ in cases]
    asked = list(questions(cases))
    while asked:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            work(blob, cases, asked, write)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            given = [json.loads(line) for line in pipe]
        os.waitpid(child, 0)
        if len(given) < len(asked):
            given.append(refusal(asked[len(given)][1], "the process ended"))
        for (number, name), one in zip(asked, given):
            answers[number][name] = one
        asked = asked[len(given):]
    with open(os.path.join(folder, "answers.json"), "w") as file:
        json.dump(answers, file)


if __name__ == "__main__":
    main()
