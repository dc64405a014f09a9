"""Figures of chance, computed the long way: what packages/pipeline/src/statistics is held against.

    python statistics_goldens.py OUT.json

Quantiles by integrating densities, the score interval by maximizing the likelihood, areas pair by pair. Plain Python.
"""

import json
import math
import random
import sys


def bisect(function, low, high):
    """Where a falling function is 0."""
    for _ in range(200):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def integral(density, low, high, steps=20_000):
    width = (high - low) / steps
    total = density(low) + density(high)
    for i in range(1, steps):
        total += density(low + i * width) * (4 if i % 2 else 2)
    return total * width / 3


def student(degrees):
    factor = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)
    density = lambda x: factor * (1 + x * x / degrees) ** (-(degrees + 1) / 2)
    return bisect(lambda x: 0.475 - integral(density, 0, x, 2000), 0, 20)


def chi_square_ratio(degrees):
    factor = math.exp(-math.lgamma(degrees / 2)) / 2 ** (degrees / 2)
    density = lambda x: factor * x ** (degrees / 2 - 1) * math.exp(-x / 2) if x > 0 else 0
    return bisect(lambda x: 0.95 - integral(density, 0, x, 4000), 0, 10 * degrees + 20) / degrees


Z = bisect(lambda x: 0.475 - integral(lambda t: math.exp(-t * t / 2) / math.sqrt(2 * math.pi), 0, x, 4000), 0, 5)


def wilson(right, of):
    """The shares from which the one seen is no further than z standard errors of theirs."""
    share = right / of
    error = lambda p: math.sqrt(p * (1 - p) / of)
    low = 0 if right == 0 else bisect(lambda p: share - p - Z * error(p), 0, share)
    high = 1 if right == of else bisect(lambda p: share + Z * error(p) - p, share, 1)
    return [low, high]


def mcnemar(gained, lost):
    flips, fewer = gained + lost, min(gained, lost)
    if flips == 0:
        return 1
    return min(1, 2 * sum(math.comb(flips, k) for k in range(fewer + 1)) / 2**flips)


def score_interval(n, gained, lost):
    """Tango's: the share of losses that a difference leaves likeliest is searched for."""
    def likelihood(p, d):
        terms = [(gained, p + d), (lost, p), (n - gained - lost, 1 - 2 * p - d)]
        return sum(-1e300 if q <= 0 else count * math.log(q) for count, q in terms if count > 0)

    def score(d):
        low, high = max(0, -d), (1 - d) / 2
        for _ in range(300):
            a, b = low + (high - low) / 3, high - (high - low) / 3
            if likelihood(a, d) < likelihood(b, d):
                low = a
            else:
                high = b
        p = (low + high) / 2
        variance = n * (2 * p + d - d * d)
        above = gained - lost - n * d
        return 0 if above == 0 else above / math.sqrt(max(variance, 1e-300))

    value = (gained - lost) / n
    edge = 1 - 1e-9
    return [
        bisect(lambda d: score(d) - Z, -edge, value),
        bisect(lambda d: score(d) + Z, value, edge),
    ]


def area(labels, scores):
    pairs = [
        (i, j, 1 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0)
        for i, yes in enumerate(labels) if yes == 1
        for j, no in enumerate(labels) if no == 0
    ]
    mean = sum(won for _, _, won in pairs) / len(pairs)
    moved = [0.0] * len(labels)
    for i, j, won in pairs:
        moved[i] += (won - mean) / len(pairs)
        moved[j] += (won - mean) / len(pairs)
    return mean, moved


def clustered(value, moved, units):
    """The wider of Student's intervals over samples and over units."""
    halves = []
    for numbers in [list(range(len(moved))), units]:
        sums = {}
        for own, unit in zip(moved, numbers):
            sums[unit] = sums.get(unit, 0) + own
        count = len(sums)
        halves.append(student(count - 1) * math.sqrt(count / (count - 1) * sum(s * s for s in sums.values())))
    return [value - max(halves), value + max(halves)]


def areas(seed, samples, units):
    draw = random.Random(seed)
    labels = [draw.randint(0, 1) for _ in range(samples)]
    first = [round(draw.gauss(label, 1), 1) for label in labels]
    second = [round(own + draw.gauss(0, 0.5), 1) for own in first]
    unit_of = [i * units // samples for i in range(samples)]
    (a, moved_a), (b, moved_b) = area(labels, first), area(labels, second)
    moved = [y - x for x, y in zip(moved_a, moved_b)]
    return {
        "labels": labels, "first": first, "second": second, "unitOf": unit_of,
        "area": a, "interval": clustered(a, moved_a, unit_of),
        "difference": b - a, "differenceInterval": clustered(b - a, moved, unit_of),
    }


def means(seed, samples, units):
    draw = random.Random(seed)
    float_errors = [round(draw.gauss(0, 1), 3) for _ in range(samples)]
    quantized = [round(own + draw.gauss(0.1, 0.3), 3) for own in float_errors]
    unit_of = [i * units // samples for i in range(samples)]
    absolute = [abs(y) - abs(x) for x, y in zip(float_errors, quantized)]
    mae = sum(absolute) / samples
    square = [sum(x * x for x in errors) / samples for errors in (float_errors, quantized)]
    moved = [
        ((y * y - square[1]) / (2 * math.sqrt(square[1])) - (x * x - square[0]) / (2 * math.sqrt(square[0]))) / samples
        for x, y in zip(float_errors, quantized)
    ]
    rmse = math.sqrt(square[1]) - math.sqrt(square[0])
    return {
        "float": float_errors, "quantized": quantized, "unitOf": unit_of,
        "mae": mae, "maeInterval": clustered(mae, [(own - mae) / samples for own in absolute], unit_of),
        "rmse": rmse, "rmseInterval": clustered(rmse, moved, unit_of),
    }


def reconstruction(seed, recordings, windows, width):
    draw = random.Random(seed)
    vector = lambda base, spread: [round(own + draw.gauss(0, spread), 3) for own in base]
    label_of = [r % 2 for r in range(recordings)]
    groups = [r for r in range(recordings) for _ in range(windows)]
    inputs = [vector([0] * width, 1) for _ in groups]
    outputs = [vector(own, 0.5 + 0.05 * label_of[group]) for own, group in zip(inputs, groups)]
    quantized = [vector(own, 0.3) for own in outputs]
    distance = lambda xs, ys: sum((x - y) ** 2 for x, y in zip(xs, ys)) / width
    float_scores, scores = [[distance(x, y) for x, y in zip(side, inputs)] for side in (outputs, quantized)]
    mean = lambda xs: sum(xs) / len(xs)
    by_recording = lambda xs: [mean([x for x, group in zip(xs, groups) if group == r]) for r in range(recordings)]
    changes = [y - x for x, y in zip(float_scores, scores)]
    moved = [(own - mean(changes)) / len(changes) for own in changes]
    return {
        "inputs": inputs, "float": outputs, "quantized": quantized, "groups": groups,
        "labels": [label_of[group] for group in groups],
        "floatMse": mean(float_scores), "quantizedMse": mean(scores),
        "interval": clustered(mean(changes), moved, groups),
        "floatAuc": area(label_of, by_recording(float_scores))[0],
        "quantizedAuc": area(label_of, by_recording(scores))[0],
    }


def embedding(seed, samples, width, classes):
    draw = random.Random(seed)
    labels = [i % classes for i in range(samples)]
    centres = [[draw.gauss(0, 1) for _ in range(width)] for _ in range(classes)]
    vectors = [[round(own + draw.gauss(0, 0.9), 3) for own in centres[label]] for label in labels]
    quantized = [[round(own + draw.gauss(0, 0.5), 3) for own in vector] for vector in vectors]
    dot = lambda xs, ys: sum(x * y for x, y in zip(xs, ys))
    cosine = lambda xs, ys: dot(xs, ys) / math.sqrt(dot(xs, xs) * dot(ys, ys))
    nearest = lambda side: [
        max((j for j in range(samples) if j != i), key=lambda j: cosine(side[i], side[j])) for i in range(samples)
    ]
    near = [nearest(side) for side in (vectors, quantized)]
    right = [sum(labels[j] == labels[i] for i, j in enumerate(own)) for own in near]
    pairs = [(i, j) for i in range(samples) for j in range(i + 1, samples)]
    same = [int(labels[i] == labels[j]) for i, j in pairs]
    areas_of = [area(same, [cosine(side[i], side[j]) for i, j in pairs]) for side in (vectors, quantized)]
    value = areas_of[1][0] - areas_of[0][0]
    moved = [0.0] * samples
    for (i, j), own, other in zip(pairs, areas_of[1][1], areas_of[0][1]):
        moved[i] += own - other
        moved[j] += own - other
    cosines = [cosine(x, y) for x, y in zip(vectors, quantized)]
    return {
        "labels": labels, "float": vectors, "quantized": quantized,
        "meanCosine": sum(cosines) / samples, "leastCosine": min(cosines),
        "agree": sum(a == b for a, b in zip(*near)), "floatRight": right[0], "quantizedRight": right[1],
        "floatAuc": areas_of[0][0], "quantizedAuc": areas_of[1][0],
        # Each sample is a unit of its own.
        "interval": clustered(value, moved, list(range(samples))),
    }


def main(out):
    flips = [(200, 0, 0), (200, 0, 1), (200, 0, 5), (200, 0, 6), (200, 6, 0), (400, 3, 12), (1000, 40, 60), (50, 10, 2)]
    goldens = {
        "student": [[degrees, student(degrees)] for degrees in [1, 2, 5, 8, 9, 15, 23, 100, 400]],
        "chiSquareRatio": [[degrees, chi_square_ratio(degrees)] for degrees in [3, 7, 15, 30]],
        "wilson": [[*case, *wilson(*case)] for case in [(0, 20), (20, 20), (369, 400), (1, 200), (50, 100)]],
        "mcnemar": [[*case, mcnemar(*case)] for case in [(0, 0), (0, 1), (0, 5), (0, 6), (2, 8), (40, 60), (300, 390), (900, 1000)]],
        "scoreInterval": [[*case, *score_interval(*case)] for case in flips],
        "areas": [areas(1, 40, 8), areas(2, 120, 120), areas(3, 96, 12)],
        "reconstruction": [reconstruction(6, 14, 5, 3)],
        "embedding": [embedding(7, 15, 4, 5)],
        "means": [means(4, 60, 6), means(5, 200, 16)],
    }
    # Ten digits: the last ones depend on the mathematical library.
    rounded = json.loads(json.dumps(goldens), parse_float=lambda text: float(f"{float(text):.10g}"))
    with open(out, "w") as file:
        rows = [f"{json.dumps(name)}: {json.dumps(rows)}" for name, rows in rounded.items()]
        file.write("{" + ",\n".join(rows) + "}\n")


if __name__ == "__main__":
    main(sys.argv[1])
