"""Reads the folders that Upslope writes (runs, and exports with tables) into pandas.

    import upslope
    run = upslope.Run("runs/meadow-7")
    run.organisms                   # a DataFrame for each table: runs, organisms, species, events, ...
    run.probe("census")             # a probe, a row a sample and a column a measure
    run.genomes_of_living()         # a row an organism, a column a locus
    run.tree_sequence()             # the ancestry of every locus, where tskit is installed

    python3 upslope.py runs/meadow-7    # lists the tables of a run

Needs pandas and pyarrow; without pyarrow it reads the CSV tables of `--csv` instead. (fastparquet cannot read lists that are
missing or empty, and most tables have some.) This one file is all of it: copy it beside a program, or into a folder on the path. docs/formats.md says what the columns hold.
Unknown values are missing (`pandas.NA`, NaN or None), never 0 or -1.
"""

import json
import sys
from functools import cached_property
from pathlib import Path

try:
    import numpy
    import pandas
except ImportError as error:
    raise ImportError(f"upslope.py needs pandas: install it with pip install pandas pyarrow ({error})") from None

#: Tables of a run. An export may have only some of them.
TABLES = ("runs", "organisms", "species", "events", "census", "genomes", "trait_series", "probes", "loci")

#: Version of tables and documents that this file reads.
SCHEMA_VERSION = 1

#: Whole numbers that may be missing.
_NULLABLE_WHOLE = {
    "organisms": ("death_tick",),
    "species": ("parent_id", "end_tick", "merged_into"),
    "events": ("actor", "other", "locus_start", "locus_end", "actor_haplotype", "other_haplotype"),
    "genomes": ("fossil_id", "patch"),
    "trait_series": ("species_id", "died"),
}

#: Columns of lists, by whether their numbers are whole.
_LISTS = {
    "parents": True,
    "parent_shares": False,
    "gamete_1": True,
    "gamete_2": True,
    "change_loci": True,
    "change_values": False,
    "genome": False,
    "alleles": False,
    "allele_ledgers": False,
    "allele_origins": True,
    "copies_births": False,
    "copies_gametes": False,
    "copies_drive": False,
    "copies_transfer": False,
    "copies_transposition": False,
}

#: Columns of texts, by whether they may be missing: in CSV an empty text and a missing one look the same.
_TEXTS = {
    "run_id": False,
    "seed": False,
    "scene_json": False,
    "software_version": False,
    "population": False,
    "death_cause": True,
    "fate": False,
    "kind": False,
    "text": True,
    "descent": True,
    "kept_as": False,
    "reason": True,
    "trait": False,
    "probe": False,
    "measure": False,
    "unit": False,
    "segment": False,
    "name": False,
}


class UpslopeError(Exception):
    """One line: what is wrong, where, and what to do."""


def _has_pyarrow():
    try:
        import pyarrow  # noqa: F401

        return True
    except ImportError:
        return False


def _document(folder, name):
    path = Path(folder) / name
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UpslopeError(f"{path}: cannot be read: {error.strerror}; give the folder of a finished run") from None
    except ValueError as error:
        raise UpslopeError(f"{path}: not JSON ({error}); use another copy of the folder") from None
    version = document.get("schema_version") if isinstance(document, dict) else None
    if not isinstance(version, int) or version < 1:
        raise UpslopeError(f"{path}: has no schema_version; give a file that Upslope wrote")
    if version > SCHEMA_VERSION:
        raise UpslopeError(
            f"{path}: has schema version {version}, this file reads up to {SCHEMA_VERSION}; use the upslope.py of the version that wrote it"
        )
    return document


def _check_folder(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise UpslopeError(f"{folder}: not a folder; give the --out folder of upslope run or upslope export")
    if (folder / "checkpoint.upslope").exists():
        raise UpslopeError(f"{folder}: the run is not finished; continue it: upslope run --resume --out {folder}")
    if not (folder / "provenance.json").exists():
        raise UpslopeError(f"{folder}: has no provenance.json; give the --out folder of upslope run or upslope export")
    return folder


def read_table(folder, table, columns=None):
    """A table of a run as a DataFrame.

    table: one of `TABLES`. columns: names, all by default; lists take most of the room.
    Lists are numpy arrays. Raises UpslopeError where there is no such table or column, or it cannot be read.
    """
    if table not in TABLES:
        raise UpslopeError(f"'{table}' is not a table; there are {', '.join(TABLES)}")
    folder = _check_folder(folder)
    parquet, csv = folder / f"{table}.parquet", folder / f"{table}.csv"
    if parquet.exists() and _has_pyarrow():
        path, read = parquet, lambda: pandas.read_parquet(parquet, engine="pyarrow", columns=columns)
    elif csv.exists():
        path, read = csv, lambda: _read_csv(csv, columns)
    elif parquet.exists():
        raise ImportError(
            f"{parquet}: reading Parquet needs pyarrow: pip install pyarrow, or make the run with --csv"
        )
    else:
        raise UpslopeError(f"{folder}: has no {parquet.name} and no {csv.name}; export it with --format parquet")
    try:
        frame = read()
    except OSError as error:
        raise UpslopeError(f"{path}: cannot be read: {error}; use another copy of the folder") from None
    except (ValueError, KeyError) as error:
        what = f"has no such columns or is damaged ({error})" if columns else f"damaged ({error})"
        raise UpslopeError(f"{path}: {what}; upslope validate says which file is altered") from None
    except Exception as error:  # pyarrow has errors of its own.
        raise UpslopeError(f"{path}: damaged ({error}); upslope validate says which file is altered") from None
    for name in _NULLABLE_WHOLE.get(table, ()):
        if name in frame.columns:
            frame[name] = frame[name].astype("float64").astype("Int64")
    for name, whole in _LISTS.items():
        if name in frame.columns:
            kind = "int64" if whole else "float64"
            frame[name] = pandas.Series([_array(value, kind) for value in frame[name]], index=frame.index, dtype=object)
    return frame


def _read_csv(path, columns):
    names = pandas.read_csv(path, nrows=0).columns
    unknown = [name for name in columns or () if name not in names]
    if unknown:
        raise KeyError(", ".join(unknown))
    texts = {name: str for name in names if name in _LISTS or name in _TEXTS}
    frame = pandas.read_csv(
        path, dtype=texts, usecols=columns, na_values=[""], keep_default_na=False, float_precision="round_trip"
    )
    for name, missing in _TEXTS.items():
        if name in frame.columns and not missing:
            frame[name] = frame[name].fillna("")
    return frame


def _array(value, kind):
    """A list as an array; None for a missing one."""
    if value is None or isinstance(value, float):
        return None
    if isinstance(value, str):
        value = json.loads(value)
    return numpy.asarray(value, dtype=kind)


def runs(folder, columns=None):
    """The run itself: its name, seed, scene, versions."""
    return read_table(folder, "runs", columns)


def organisms(folder, columns=None):
    """Every organism that died or lives: parents and their shares, birth, death and its cause, species, traits."""
    return read_table(folder, "organisms", columns)


def species(folder, columns=None):
    """Species with their origins, parents and fates."""
    return read_table(folder, "species", columns)


def events(folder, columns=None):
    """Transfers of genes, splits and mergers of species, extinctions, changes of parameters."""
    return read_table(folder, "events", columns)


def census(folder, columns=None):
    """Every organism that lived at a census: traits, descendants at the next one, what each mechanism changed."""
    return read_table(folder, "census", columns)


def genomes(folder, columns=None):
    """Fossils, and with `--genomes kept` the ancestors of the living."""
    return read_table(folder, "genomes", columns)


def trait_series(folder, columns=None):
    """Mean and variance of every trait over time, of populations and of species."""
    return read_table(folder, "trait_series", columns)


def probes(folder, columns=None):
    """Everything that the probes measured, a row for each sample and measure."""
    return read_table(folder, "probes", columns)


def loci(folder, columns=None):
    """What each locus of a genome is."""
    return read_table(folder, "loci", columns)


class Run:
    """A finished run, or an export of one. Tables are read when they are first asked for, then kept."""

    def __init__(self, folder):
        """Raises UpslopeError where the folder is not a finished run or an export."""
        self.folder = _check_folder(folder)
        self.provenance = _document(self.folder, "provenance.json")

    def __repr__(self):
        return f"Run({str(self.folder)!r}): {self.scene['name']}, seed {self.seed!r}, {self.ticks} ticks"

    @property
    def scene(self):
        """The scene as it was at tick 0."""
        return self.provenance["scene"]

    @property
    def seed(self):
        return self.provenance["seed"]

    @property
    def ticks(self):
        """Ticks made."""
        return self.provenance["ticks"]

    @property
    def hash(self):
        """Hash of the state of the world after the last tick."""
        return self.provenance["hash"]

    @cached_property
    def summary(self):
        """How the run ended, in numbers. Exports have none."""
        return _document(self.folder, "summary.json")

    @cached_property
    def runs(self):
        return runs(self.folder)

    @cached_property
    def organisms(self):
        return organisms(self.folder)

    @cached_property
    def species(self):
        return species(self.folder)

    @cached_property
    def events(self):
        return events(self.folder)

    @cached_property
    def census(self):
        return census(self.folder)

    @cached_property
    def genomes(self):
        return genomes(self.folder)

    @cached_property
    def trait_series(self):
        return trait_series(self.folder)

    @cached_property
    def probes(self):
        return probes(self.folder)

    @cached_property
    def loci(self):
        return loci(self.folder)

    def probe(self, name):
        """One probe: a row for each tick at which it was sampled, a column for each of its measures."""
        own = self.probes[self.probes["probe"] == name]
        if own.empty:
            known = ", ".join(sorted(self.probes["probe"].unique()))
            raise UpslopeError(f"{self.folder}: probe '{name}' was not sampled; there are {known}")
        return own.pivot(index="tick", columns="measure", values="value")[list(own["measure"].unique())]

    def loci_of(self, population):
        """Names of the loci of a population, in the order of its genomes."""
        own = self.loci[self.loci["population"] == population].sort_values("position")
        if own.empty:
            known = ", ".join(self.loci["population"].unique())
            raise UpslopeError(f"{self.folder}: there is no population '{population}'; there are {known}")
        return list(own["name"])

    def ploidy_of(self, population):
        """1 for haploids, 2 for diploids."""
        return self.scene["populations"][population].get("genome", {}).get("ploidy", 1)

    def genomes_of_living(self, population=None):
        """Genomes of those that lived at the end: a row an organism, a column a locus (`name/2` for a second haplotype).

        population: by default the first. Raises UpslopeError for a run without their genomes.
        """
        population = population or self.loci["population"].iloc[0]
        names = self.loci_of(population)
        rows = self.organisms
        rows = rows[(rows["population"] == population) & rows["death_tick"].isna()]
        if rows["genome"].isna().any():
            raise UpslopeError(f"{self.folder}: the run was made with --genomes none; make it with --genomes living")
        if self.ploidy_of(population) == 2:
            names = names + [f"{name}/2" for name in names]
        values = numpy.stack(list(rows["genome"])) if len(rows) else numpy.empty((0, len(names)))
        return pandas.DataFrame(values, index=pandas.Index(rows["id"], name="id"), columns=names)

    def lineage(self):
        """The ancestry of every locus as tables of nodes, edges, individuals and populations, as tskit has them.

        A dict of DataFrames whose rows are numbered from 0. Time is ticks ago. It is what `upslope export --format tskit`
        writes, without its sites and mutations (docs/formats.md says what a node is).
        """
        return _Lineage(self).tables()

    def tskit_tables(self):
        """The same as a tskit.TableCollection, sorted. Raises ImportError in one line where tskit is not installed."""
        try:
            import tskit
        except ImportError:
            raise ImportError("the ancestry as a tree sequence needs tskit: pip install tskit, or use Run.lineage()") from None
        own = self.lineage()
        length = max(len(self.loci_of(name)) for name in own["populations"]["name"])
        tables = tskit.TableCollection(sequence_length=length)
        tables.time_units = "ticks"
        for schema in (tables.individuals, tables.populations):
            schema.metadata_schema = tskit.MetadataSchema({"codec": "json"})
        for row in own["populations"].to_dict("records"):
            tables.populations.add_row(metadata=row)
        for organism, tick, parents in own["individuals"].itertuples(index=False, name=None):
            metadata = {"id": organism} if tick is None else {"id": organism, "transfer_tick": tick}
            tables.individuals.add_row(parents=parents, metadata=metadata)
        for sample, time, population, individual in own["nodes"].itertuples(index=False, name=None):
            flags = tskit.NODE_IS_SAMPLE if sample else 0
            tables.nodes.add_row(flags=flags, time=time, population=population, individual=individual)
        for left, right, parent, child in own["edges"].itertuples(index=False, name=None):
            tables.edges.add_row(left=left, right=right, parent=parent, child=child)
        tables.sort()
        return tables

    def tree_sequence(self):
        """The ancestry of every locus as a tskit.TreeSequence. Raises ImportError in one line where tskit is not installed."""
        return self.tskit_tables().tree_sequence()


class _Lineage:
    """Numbers nodes and individuals in the order of time, transfers of a tick before its births."""

    def __init__(self, run):
        self.run = run
        names = list(run.loci["population"].unique())
        self.index = {name: i for i, name in enumerate(names)}
        self.length = [len(run.loci_of(name)) for name in names]
        self.ploidy = [run.ploidy_of(name) for name in names]
        self.populations = pandas.DataFrame({"name": names, "loci": self.length, "ploidy": self.ploidy})
        self.nodes, self.edges, self.individuals = [], [], []
        self.newest = {}  # Nodes of an organism's haplotypes as they are now.
        self.person = {}  # Its individual as it is now.
        self.home = {}  # Index of its population.

    def tables(self):
        rows = self.run.organisms.sort_values("id", kind="stable")
        events = self.run.events
        moves = events[events["kind"] == "transfer"].sort_values("tick", kind="stable")
        moves = list(
            moves[["tick", "actor", "other", "locus_start", "locus_end", "actor_haplotype", "other_haplotype"]]
            .fillna(-1)
            .astype("int64")
            .itertuples(index=False, name=None)
        )
        at = 0
        wanted = ["id", "parents", "parent_shares", "birth_tick", "population", "gamete_1", "gamete_2"]
        for organism, parents, shares, tick, population, *gametes in rows[wanted].itertuples(index=False, name=None):
            while at < len(moves) and moves[at][0] <= tick:
                at = self.transfers(moves, at)
            self.birth(organism, parents, shares, tick, self.index[population], gametes)
        while at < len(moves):
            at = self.transfers(moves, at)
        living = rows.loc[rows["death_tick"].isna(), "id"]
        samples = {node for organism in living for node in self.newest[organism]}
        nodes = pandas.DataFrame(self.nodes, columns=["time", "population", "individual"])
        nodes.insert(0, "is_sample", [int(node in samples) for node in range(len(nodes))])
        return {
            "nodes": nodes,
            "edges": pandas.DataFrame(self.edges, columns=["left", "right", "parent", "child"]),
            "individuals": pandas.DataFrame(self.individuals, columns=["id", "transfer_tick", "parents"], dtype=object),
            "populations": self.populations,
        }

    def node(self, time, population, individual):
        self.nodes.append((time, population, individual))
        return len(self.nodes) - 1

    def edge(self, left, right, parent, child):
        if right > left:
            self.edges.append((left, right, parent, child))

    def birth(self, organism, parents, shares, tick, population, gametes):
        known = [int(parent) for parent in parents if int(parent) in self.person]
        first = int(parents[0]) if len(parents) > 0 and int(parents[0]) in self.person else None
        second = int(parents[1]) if len(parents) > 1 and int(parents[1]) in self.person else None
        self.individuals.append((int(organism), None, list(dict.fromkeys(self.person[parent] for parent in known))))
        individual = len(self.individuals) - 1
        loci, ploidy = self.length[population], self.ploidy[population]
        time = float(self.run.ticks - tick)
        own = [self.node(time, population, individual) for _ in range(ploidy)]
        if ploidy == 1:
            sources = [self.newest[parent][0] if parent is not None else None for parent in (first, second)]
            self.gamete(gametes[0], sources, 0, loci, own[0])
        else:
            other = first if second is None and (len(shares) == 0 or shares[0] == 1) else second
            for haplotype, parent in enumerate((first, other)):
                sources = self.newest[parent] if parent is not None else [None, None]
                self.gamete(gametes[haplotype], sources, haplotype, loci, own[haplotype])
        self.newest[organism], self.person[organism], self.home[organism] = own, individual, population

    def gamete(self, sequence, sources, whole, loci, child):
        """sequence: the source of locus 0, then the loci at which the source changes; whole: the source of a clone."""
        sequence = [whole] if sequence is None or len(sequence) == 0 else [int(value) for value in sequence]
        source, left = sequence[0], 0
        for right in [*sequence[1:], loci]:
            if sources[source] is not None:
                self.edge(left, right, sources[source], child)
            source, left = 1 - source, right

    def transfers(self, moves, start):
        """All transfers of a tick: they do not see each other. Returns the place of the next."""
        tick, end = moves[start][0], start
        while end < len(moves) and moves[end][0] == tick:
            end += 1
        people, nodes, parts = {}, {}, {}
        for _, recipient, donor, *_, haplotype, _ in moves[start:end]:
            if recipient not in people:
                self.individuals.append((recipient, tick, [self.person[recipient]]))
                people[recipient] = len(self.individuals) - 1
            if donor in self.person:
                parents = self.individuals[people[recipient]][2]
                if self.person[donor] not in parents:
                    parents.append(self.person[donor])
            if (recipient, haplotype) not in nodes:
                # Half a tick before the births of its tick.
                time = self.run.ticks - tick + 0.5
                nodes[recipient, haplotype] = self.node(time, self.home[recipient], people[recipient])
        for _, recipient, donor, left, right, haplotype, source in moves[start:end]:
            parts.setdefault((recipient, haplotype), []).append((left, right, donor, source))
        for (recipient, haplotype), child in nodes.items():
            former, at = self.newest[recipient][haplotype], 0
            for left, right, donor, source in sorted(parts[recipient, haplotype], key=lambda part: part[0]):
                self.edge(at, left, former, child)
                if donor in self.person:
                    self.edge(left, right, self.newest[donor][source], child)
                at = right
            self.edge(at, self.length[self.home[recipient]], former, child)
        for (recipient, haplotype), child in nodes.items():
            self.newest[recipient] = [child if h == haplotype else node for h, node in enumerate(self.newest[recipient])]
        self.person.update(people)
        return end


def _list_tables(folder):
    run = Run(folder)
    print(run)
    for table in TABLES:
        try:
            frame = read_table(folder, table)
        except UpslopeError:
            continue
        print(f"{table}: {len(frame)} rows; {', '.join(frame.columns)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give the folder of a run: python3 upslope.py RUN")
    try:
        _list_tables(sys.argv[1])
    except (UpslopeError, ImportError) as error:
        sys.exit(f"upslope.py: {error}")
