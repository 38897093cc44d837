"""Reads a binary tree sequence by the published formats of kastore 1.0 and of tskit's files of version 12, without either library, and prints
statistics of its samples as JSON: those of tskit's mode 'site', by their definitions. Nothing here is shared with the program that wrote the file."""

import json
import math
import struct
import sys

TYPES = "bBhHiIqQfd"


def read_store(path):
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89KAS\r\n\x1a\n", "magic"
    major, minor, count, size = struct.unpack_from("<HHIQ", data, 8)
    assert (major, minor) == (1, 0) and size == len(data) and data[24:64] == bytes(40), "header"
    items, keys = {}, []
    end_of_keys = 64 * (1 + count)
    described = []
    for i in range(count):
        at = 64 * (1 + i)
        kind = data[at]
        assert data[at + 1 : at + 8] == bytes(7) and data[at + 40 : at + 64] == bytes(24), "reserved"
        key_start, key_length, start, length = struct.unpack_from("<QQQQ", data, at + 8)
        assert key_start == end_of_keys
        end_of_keys += key_length
        key = data[key_start : key_start + key_length].decode("ascii")
        keys.append(key)
        described.append((key, kind, start, length))
    assert keys == sorted(keys) and len(set(keys)) == count, "sorted keys"
    end = end_of_keys
    for key, kind, start, length in described:
        assert start % 8 == 0 and start - end in range(8) and data[end:start] == bytes(start - end), key
        form = f"<{length}{TYPES[kind]}"
        end = start + struct.calcsize(form)
        items[key] = (TYPES[kind], struct.unpack_from(form, data, start))
    assert end == size
    return items


REQUIRED = {
    "format/name": "b", "format/version": "I", "sequence_length": "d", "uuid": "b", "time_units": "b",
    "nodes/flags": "I", "nodes/time": "d", "nodes/population": "i", "nodes/individual": "i",
    "edges/left": "d", "edges/right": "d", "edges/parent": "i", "edges/child": "i",
    "sites/position": "d", "mutations/site": "i", "mutations/node": "i", "mutations/parent": "i", "mutations/time": "d",
    "individuals/flags": "I",
    "migrations/left": "d", "migrations/right": "d", "migrations/node": "i", "migrations/source": "i",
    "migrations/dest": "i", "migrations/time": "d",
    "indexes/edge_insertion_order": "i", "indexes/edge_removal_order": "i",
}
RAGGED = {
    "nodes/metadata": "B", "edges/metadata": "B", "sites/ancestral_state": "B", "sites/metadata": "B",
    "mutations/derived_state": "B", "mutations/metadata": "B", "individuals/location": "d", "individuals/parents": "i",
    "individuals/metadata": "B", "migrations/metadata": "B", "populations/metadata": "B",
    "provenances/record": "B", "provenances/timestamp": "B",
}


def load(path):
    items = read_store(path)
    for key, kind in REQUIRED.items():
        assert items[key][0] == kind, key
    table = {key: items[key][1] for key in REQUIRED}
    for key, kind in RAGGED.items():
        assert items[key][0] == kind and items[key + "_offset"][0] in "IQ", key
        column, offsets = items[key][1], items[key + "_offset"][1]
        assert offsets[0] == 0 and offsets[-1] == len(column) and list(offsets) == sorted(offsets), key
        rows = [column[a:b] for a, b in zip(offsets, offsets[1:])]
        table[key] = [bytes(row).decode() for row in rows] if kind == "B" else rows
    assert bytes(table["format/name"]).decode() == "tskit.trees" and table["format/version"][0] == 12
    assert len(table["uuid"]) == 36
    table["metadata"] = json.loads(bytes(b & 255 for b in items["metadata"][1]))
    for name in ("sites", "mutations", "individuals", "populations"):
        assert json.loads(bytes(items[name + "/metadata_schema"][1]).decode()) == {"codec": "json"}
        table[name + "/metadata"] = [json.loads(row) for row in table[name + "/metadata"]]
    check(table)
    return table


def check(t):
    """What tskit requires of tables before it makes a tree sequence of them."""
    time, parent, child = t["nodes/time"], t["edges/parent"], t["edges/child"]
    left, right, length = t["edges/left"], t["edges/right"], t["sequence_length"][0]
    edges = range(len(left))
    for e in edges:
        assert 0 <= left[e] < right[e] <= length and time[parent[e]] > time[child[e]]
    order = [(time[parent[e]], parent[e], child[e], left[e]) for e in edges]
    assert all(a < b for a, b in zip(order, order[1:])), "edges in order"
    seen, last = set(), None
    for e in edges:  # All edges of a parent are neighbours.
        if parent[e] != last:
            assert parent[e] not in seen
            seen.add(parent[e])
            last = parent[e]
    by_left = sorted(edges, key=lambda e: (left[e], time[parent[e]], parent[e], child[e]))
    by_right = sorted(edges, key=lambda e: (right[e], -time[parent[e]], -parent[e], -child[e]))
    assert list(t["indexes/edge_insertion_order"]) == by_left and list(t["indexes/edge_removal_order"]) == by_right
    position = t["sites/position"]
    assert all(a < b for a, b in zip(position, position[1:])) and all(0 <= p < length for p in position)
    site, when = t["mutations/site"], t["mutations/time"]
    for m in range(1, len(site)):
        assert site[m - 1] < site[m] or (site[m - 1] == site[m] and when[m - 1] >= when[m]), "mutations in order"
    for m, node in enumerate(t["mutations/node"]):
        up = t["mutations/parent"][m]
        assert -1 <= up < m and when[m] >= time[node] and (up < 0 or site[up] == site[m])
    for i, parents in enumerate(t["individuals/parents"]):
        assert all(-1 <= p < i for p in parents)
    for location in t["individuals/location"]:
        assert len(location) in (0, 2)
    json.loads(t["provenances/record"][0])["parameters"]["run"]["scene"]
    assert {"schema_version", "software", "parameters", "environment"} <= set(json.loads(t["provenances/record"][0]))


def states(t, samples):
    """States of the samples at each site, by trees that are put together edge by edge as tskit does, and parents of mutations checked on the way."""
    edges_in, edges_out = t["indexes/edge_insertion_order"], t["indexes/edge_removal_order"]
    left, right, count = t["edges/left"], t["edges/right"], len(t["edges/left"])
    parent, i, o, site, m = {}, 0, 0, 0, 0
    at, found = 0.0, []
    while at < t["sequence_length"][0]:
        while o < count and right[edges_out[o]] == at:
            del parent[t["edges/child"][edges_out[o]]]
            o += 1
        while i < count and left[edges_in[i]] == at:
            assert t["edges/child"][edges_in[i]] not in parent, "contradictory children"
            parent[t["edges/child"][edges_in[i]]] = t["edges/parent"][edges_in[i]]
            i += 1
        end = t["sequence_length"][0]
        if i < count:
            end = min(end, left[edges_in[i]])
        if o < count:
            end = min(end, right[edges_out[o]])
        while site < len(t["sites/position"]) and t["sites/position"][site] < end:
            here, first = {}, m
            while m < len(t["mutations/site"]) and t["mutations/site"][m] == site:
                here[t["mutations/node"][m]] = m
                m += 1

            def above(node):
                while node is not None and node not in here:
                    node = parent.get(node)
                return -1 if node is None else here[node]

            for k in range(first, m):
                assert t["mutations/parent"][k] == above(parent.get(t["mutations/node"][k])), "parent of a mutation"
                assert float(t["mutations/derived_state"][k]) == t["mutations/metadata"][k]["value"]
            tops = [above(node) for node in samples]
            found.append([t["sites/ancestral_state"][site] if k < 0 else t["mutations/derived_state"][k] for k in tops])
            site += 1
        at = end
    return found


def counts(row):
    return [row.count(state) for state in set(row)]


def pairs(row):
    n = len(row)
    return 1 - sum(c * (c - 1) for c in counts(row)) / (n * (n - 1))


def statistics(t):
    samples = [n for n, flags in enumerate(t["nodes/flags"]) if flags & 1]
    rows = states(t, samples)
    n, length = len(samples), t["sequence_length"][0]
    S = sum(len(set(row)) - 1 for row in rows)
    diversity = sum(pairs(row) for row in rows)
    a1, a2 = (sum(1 / i**k for i in range(1, n)) for k in (1, 2))
    b1, b2 = (n + 1) / (3 * (n - 1)), 2 * (n * n + n + 3) / (9 * n * (n - 1))
    c1, c2 = b1 - 1 / a1, b2 - (n + 2) / (a1 * n) + a2 / a1**2
    e1, e2 = c1 / a1, c2 / (a1**2 + a2)
    half = n // 2
    one = sum(pairs(row[:half]) for row in rows)
    other = sum(pairs(row[half:]) for row in rows)
    between = sum(1 - sum(row[:half].count(s) * row[half:].count(s) for s in set(row)) / (half * (n - half)) for row in rows)
    return {
        "samples": n,
        "owners": [t["individuals/metadata"][t["nodes/individual"][node]]["id"] for node in samples],
        "genomes": [[float(row[k]) for row in rows] for k in range(n)],
        "diversity": diversity / length,
        "segregating": S,
        "tajima": (diversity - S / a1) / math.sqrt(e1 * S + e2 * S * (S - 1)),
        "divergence": between / length,
        "fst": 1 - 2 * (one + other) / (one + 2 * between + other),
        "populations": t["populations/metadata"],
        "sites": t["sites/metadata"],
        "locations": [t["individuals/location"][t["nodes/individual"][node]] for node in samples],
    }


if __name__ == "__main__":
    print(json.dumps(statistics(load(sys.argv[1]))))
