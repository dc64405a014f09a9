"""Writes small HDF5 files with h5py, in every storage form the reader knows, and beside each what h5py reads from it.

    hdf5_goldens.py OUT        OUT is packages/importers/fixtures/hdf5

For each NAME.h5 a NAME.json: objects by path, with shape, values and attributes. Files named refused_* hold one object per
thing that must be refused; their .json maps the object's name to the code of the refusal.
"""

import json
import os
import sys

import h5py
import numpy as np

RANDOM = np.random.default_rng(1)


def plain(value):
    """A value as JSON: texts as they are, numbers as text lists so that nothing is rounded."""
    if isinstance(value, h5py.Empty):
        return None
    array = np.asarray(value)
    if array.dtype.kind in "SOU":
        return [x.decode() if isinstance(x, bytes) else str(x) for x in array.reshape(-1)]
    if array.dtype.kind == "b":
        array = array.astype(np.int8)
    return [repr(x.item()) for x in array.reshape(-1)]


def describe(thing, path, out):
    entry = {"attributes": {name: plain(value) for name, value in thing.attrs.items()}}
    if isinstance(thing, h5py.Dataset):
        entry.update(shape=None if thing.shape is None else list(thing.shape), values=plain(thing[()]))
    out[path] = entry
    if isinstance(thing, h5py.Group):
        for name in thing:
            describe(thing[name], f"{path}/{name}" if path else name, out)


def values(file):
    for name in ("f2", "f4", "f8", ">f4", ">f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">u2"):
        file[f"numbers/{name}"] = (RANDOM.standard_normal((2, 3)) * 50).astype(name)
    file["flags"] = RANDOM.random(5) > 0.5
    file["scalar"] = np.float32(3.5)
    file["text"] = "h\u00e9llo"
    file["fixed"] = np.array([b"ab", b"cde"], dtype="S8")
    file["variable"] = np.array(["x", "yy", "", "zzz"], dtype=h5py.string_dtype())
    file["nothing"] = h5py.Empty("f4")
    file["no_rows"] = np.zeros((0, 3), "f4")
    file.attrs["text"] = "snow \u2603"
    file.attrs["bytes"] = b"bytes"
    file.attrs["list"] = ["a", "bb", "ccc"]
    file.attrs["numbers"] = np.arange(5.0)
    file.attrs["nothing"] = h5py.Empty("f4")


def many(file):
    for i in range(150):
        file[f"group/d{i}"] = np.int16(i)
    for i in range(12):
        file.attrs[f"a{i}"] = f"v{i}" * i


def long_attributes(file):
    file.attrs.create("text", "x" * 70000)
    file.attrs.create("fixed", np.frombuffer(b"y" * 66000, dtype="S66000"))
    for i in range(10):
        file.attrs[f"n{i}"] = np.arange(40) + i


def chunks(file):
    data = RANDOM.integers(-99, 99, (11, 7, 2)).astype("i2")
    packings = [{}, {"compression": "gzip", "shuffle": True}, {"fletcher32": True}, {"compression": "gzip", "shuffle": True, "fletcher32": True}]
    for i, packing in enumerate(packings):
        for size in ((4, 3, 2), (11, 7, 2)):
            for growing in (None, (None, 7, 2), (11, None, 2), (None, None, 2)):
                name = f"{i}_{size[0]}_{'fixed' if growing is None else ''.join('n' if g is None else 'x' for g in growing)}"
                file.create_dataset(name, data=data, chunks=size, maxshape=growing, **packing)
    file.create_dataset("paged", data=RANDOM.integers(0, 99, 2100).astype("i1"), chunks=(2,))
    for name, prepare in (("implicit", lambda p: (p.set_chunk((3, 4)), p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY))), ("compact", lambda p: p.set_layout(h5py.h5d.COMPACT))):
        creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        prepare(creation)
        dataset = h5py.h5d.create(file.id, name.encode(), h5py.h5t.NATIVE_FLOAT, h5py.h5s.create_simple((10, 10)), creation)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(100, dtype="f4").reshape(10, 10))


def links(file):
    file["x"] = np.arange(4.0)
    file["g/h/i"] = np.arange(3)


def refusals(file):
    """Name and code of each thing that must be refused."""
    file["external_link"] = h5py.ExternalLink("/dev/null", "/x")
    file["loop"] = h5py.SoftLink("loop")
    file["loop_1"] = h5py.SoftLink("/loop_2")
    file["loop_2"] = h5py.SoftLink("loop_1/x")
    file.create_dataset("never_written", (10,), "f4")
    file.create_dataset("never_written_chunks", (10,), "f4", chunks=(2,))
    file.create_dataset("half_written", (10,), "f4", chunks=(2,))[0:4] = 1
    file.create_dataset("bomb", (1 << 40,), "f4", chunks=(1 << 10,))
    file.create_dataset("external_storage", (10,), "f4", external=[("/dev/null", 0, 40)])
    file["compound"] = np.zeros(3, dtype=[("a", "f4")])
    file["reference"] = file.ref
    file["committed"] = np.dtype("f4")
    file.create_dataset("lzf", data=np.arange(100.0), compression="lzf")
    return {
        "external_link": "HDF5_OUTSIDE_FILE", "loop": "HDF5_INVALID", "loop_1": "HDF5_INVALID", "never_written": "HDF5_NO_STORAGE",
        "never_written_chunks": "HDF5_NO_STORAGE", "half_written": "HDF5_NO_STORAGE", "bomb": "HDF5_LIMIT", "external_storage": "HDF5_OUTSIDE_FILE",
        "compound": "HDF5_UNSUPPORTED", "reference": "HDF5_UNSUPPORTED", "committed": "HDF5_UNSUPPORTED", "lzf": "HDF5_UNSUPPORTED",
    }


def virtual(file):
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "d", (4,))
    file.create_virtual_dataset("virtual", layout)
    return {"virtual": "HDF5_OUTSIDE_FILE"}


def write(out, name, fill, **options):
    with h5py.File(os.path.join(out, f"{name}.h5"), "w", **options) as file:
        expected = fill(file)
        if expected is None:
            expected = {}
            describe(file, "", expected)
    with open(os.path.join(out, f"{name}.json"), "w") as file:
        json.dump(expected, file, separators=(",", ":"), sort_keys=True)
        file.write("\n")


def main(out):
    os.makedirs(out, exist_ok=True)
    for libver in ("earliest", "latest"):
        for fill in (values, many, chunks):
            write(out, f"{fill.__name__}_{libver}", fill, libver=libver)
        write(out, f"refused_{libver}", refusals, libver=libver)
    write(out, "long_attributes_latest", long_attributes, libver="latest")
    write(out, "links_userblock", links, userblock_size=1024)
    write(out, "many_ordered", many, track_order=True)
    write(out, "refused_virtual", virtual, libver="latest")


if __name__ == "__main__":
    main(sys.argv[1])
