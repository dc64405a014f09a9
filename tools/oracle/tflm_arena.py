"""Measures the arena that TFLite Micro's Python package takes for .tflite files.

    python tflm_arena.py MODEL...

Prints one JSON object: path -> [used, least], or null where the package does not load the model. `used` is what its
allocator reports once tensors are allocated; `least` the smallest multiple of 16 with which it still allocates them, found
by bisection. Every attempt runs in a process of its own: too small an arena may end the process.
"""

import json
import os
import re
import sys

from tflite_micro.python.tflite_micro import runtime

PLENTY = 64 << 20
TOTAL = re.compile(r"Arena allocation total (\d+) bytes")


def attempt(content, arena):
    """The bytes used with an arena of this size, or None where allocation fails."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.dup2(write, 1)
        os.dup2(write, 2)
        try:
            runtime.Interpreter.from_bytes(content, arena_size=arena).print_allocations()
            os._exit(0)
        except BaseException:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    found = TOTAL.search(text)
    return int(found.group(1)) if status == 0 and found else None


def measure(content):
    used = attempt(content, PLENTY)
    if used is None:
        return None
    fails, works = 0, PLENTY // 16
    near = used // 16 + 64
    if attempt(content, near * 16) is not None:
        works = near
    while works - fails > 1:
        middle = (works + fails) // 2
        if attempt(content, middle * 16) is None:
            fails = middle
        else:
            works = middle
    return [used, works * 16]


def main():
    answers = {}
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            answers[path] = measure(file.read())
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
