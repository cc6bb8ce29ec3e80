# runner: run_sql/1
"""Runs SQL files on Spark in AWS Glue: a file says what it writes, the catalog's partitions make its result visible at once.

The contract is in docs/jobs.md. What needs no Spark is a plain function and tested without it; Spark, Glue and boto3 are
imported where they are used.
"""

import base64
import datetime
import hashlib
import json
import re
import sys
import time
import traceback
from collections import Counter, namedtuple
from urllib.parse import unquote

ZONES = ("landing", "clean", "curated")
HEADERS = ("target", "write", "increment", "absent", "rejects")
OWN_ARGUMENTS = ("sql", "landing", "clean", "curated", "quarantine", "rebuild", "retain-hours", "rulesets")
SNAPSHOT, CURRENT = "snapshot", "current"

Arguments = namedtuple("Arguments", "sql databases quarantine rebuild retain_hours rulesets bookmark")
ZoneTable = namedtuple("ZoneTable", "zone name")
SqlFile = namedtuple("SqlFile", "name target writes_partitions increment skips_absent rejects views select tables")
Stored = namedtuple("Stored", "key modified")
Changes = namedtuple("Changes", "create update delete")


class RunFailed(Exception):
    """What a user can mend; the message names everything that failed."""


# ---------------------------------------------------------------------------------------------------------------- arguments


def read_arguments(argv):
    """`--name value` and `--name=value`, as Glue hands them on."""
    given, at = {}, 1
    while at < len(argv):
        name, equals, value = argv[at].partition("=")
        if not name.startswith("--"):
            raise RunFailed(f"{argv[at]} is no argument: arguments begin with --")
        if not equals and at + 1 < len(argv) and not argv[at + 1].startswith("--"):
            at += 1
            value = argv[at]
        given[name[2:]] = value
        at += 1
    return given


def parse_arguments(given):
    """The runner's own arguments, and every fault in them."""
    faults = []

    def text(name):
        return (given.get(name) or "").strip() or None

    def names(name):
        return [part.strip() for part in (text(name) or "").split(",") if part.strip()]

    sql, rulesets = names("sql"), names("rulesets")
    if not sql and not rulesets:
        faults.append("--sql and --rulesets are both missing: there is nothing to do")
    for uri in sql:
        if not s3_location(uri) or not s3_location(uri)[1]:
            faults.append(f"--sql names {uri}, which is not s3://bucket/key")
    quarantine = text("quarantine")
    if quarantine and not s3_location(quarantine):
        faults.append(f"--quarantine is {quarantine}, which is not s3://bucket/prefix/")
    rebuild = text("rebuild") or "false"
    if rebuild not in ("true", "false"):
        faults.append(f"--rebuild must be true or false, and is {rebuild}")
    hours = text("retain-hours") or "24"
    if not re.fullmatch(r"[0-9]{1,6}", hours):
        faults.append(f"--retain-hours must be a number of hours, and is {hours}")
    bookmark = text("job-bookmark-option") or "job-bookmark-disable"
    if bookmark not in ("job-bookmark-enable", "job-bookmark-disable", "job-bookmark-pause"):
        faults.append(
            f"--job-bookmark-option must be job-bookmark-enable, job-bookmark-disable or job-bookmark-pause, and is {bookmark}")
    databases = {zone: text(zone) for zone in ZONES if text(zone)}
    if faults:
        return None, faults
    return Arguments(sql, databases, quarantine, rebuild == "true", int(hours), rulesets, bookmark), []


def s3_location(uri):
    """Bucket and key, or nothing for what is no place in S3."""
    match = re.fullmatch(r"s3[an]?://([^/]+)/?(.*)", uri, re.DOTALL)
    return (match[1], match[2]) if match else None


def folder(prefix):
    return prefix if not prefix or prefix.endswith("/") else prefix + "/"


# ---------------------------------------------------------------------------------------------------------------- SQL files

PIECE = re.compile(r"'[^']*(?:'|\Z)|\"[^\"]*(?:\"|\Z)|`[^`]*(?:`|\Z)|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z)", re.DOTALL)


def code_of(sql):
    """The text with a space for each comment and an empty pair of quotes for each quoted piece."""
    return PIECE.sub(lambda piece: "''" if piece[0][0] in "'\"`" else " ", sql)


def split_statements(sql):
    """The statements between semicolons, trimmed, without empty ones."""
    ends, at = [], 0
    for piece in list(PIECE.finditer(sql)) + [None]:
        stop = piece.start() if piece else len(sql)
        ends += [i for i in range(at, stop) if sql[i] == ";"]
        at = piece.end() if piece else stop
    starts = [0] + [end + 1 for end in ends]
    pieces = [sql[start:end] for start, end in zip(starts, ends + [len(sql)])]
    return [piece.strip() for piece in pieces if code_of(piece).strip()]


def parse_sql_file(name, text):
    """The file, and every fault in it."""
    faults = []
    header = read_header(text, faults)
    target = header_table(header, "target", faults)
    if "target" not in header:
        faults.append("the header `-- target: ${zone}.table` is missing")
    write = header.get("write", "table")
    if write not in ("table", "partitions"):
        faults.append(f"the header write must be table or partitions, and is {write}")
    increment = header_table(header, "increment", faults)
    absent = header.get("absent", "fail")
    if absent not in ("fail", "skip"):
        faults.append(f"the header absent must be fail or skip, and is {absent}")
    elif absent == "skip" and "increment" not in header:
        faults.append("the header absent needs the header `-- increment: ${zone}.table`")
    rejects = header.get("rejects")
    if rejects is not None and not re.fullmatch("[a-z][a-z0-9_]*", rejects):
        faults.append(f"the header rejects must be a dataset's name, and is {rejects}")
    statements = split_statements(text)
    code = [code_of(statement) for statement in statements]
    check_statements(code, rejects, faults)
    tables = mentioned_tables(code, faults)
    if faults:
        return None, [f"{name}: {fault}" for fault in faults]
    return SqlFile(name, target, write == "partitions", increment, absent == "skip", rejects, statements[:-1], statements[-1], tables), []


def read_header(text, faults):
    header = {}
    for line in (line.strip() for line in text.split("\n")):
        if line and not line.startswith("--"):
            break
        match = re.fullmatch(r"--\s*([a-z]+):(\s.*)?", line)
        if not match:
            continue
        name, value = match[1], (match[2] or "").strip()
        if name not in HEADERS:
            faults.append(f"there is no header {name} (there are {', '.join(HEADERS)})")
        elif not value:
            faults.append(f"the header {name} is empty")
        elif name in header:
            faults.append(f"the header {name} occurs twice")
        else:
            header[name] = value
    return header


def header_table(header, name, faults):
    if name not in header:
        return None
    match = re.fullmatch(r"\$\{(\w+)\}\.(\w+)", header[name], re.ASCII)
    if match and match[1] in ZONES:
        return ZoneTable(match[1], match[2].lower())
    faults.append(f"the header {name} must be a table such as ${{clean}}.film_events, and is {header[name]}")
    return None


def check_statements(code, rejects, faults):
    if not code:
        faults.append("there is no statement")
        return
    views = set()
    for number, statement in enumerate(code[:-1], 1):
        match = re.match(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMPORARY|TEMP)\s+VIEW\s+(\w+)\s+AS\b", statement, re.IGNORECASE)
        if not match:
            faults.append(f"statement {number} must be CREATE TEMPORARY VIEW name AS SELECT …: only the last one is a plain SELECT")
        elif match[1].lower() in ("increment", "existing"):
            faults.append(f"statement {number} makes a view {match[1]}, which the runner supplies")
        elif match[1].lower() in views:
            faults.append(f"statement {number} makes the view {match[1]} a second time")
        else:
            views.add(match[1].lower())
    if not re.match(r"\s*(?:SELECT|WITH)\b", code[-1], re.IGNORECASE):
        faults.append("the last statement must be a plain SELECT: the rows to write")
    if rejects is not None and "rejects" not in views:
        faults.append("the header rejects needs a view rejects with the columns reason, record and source_file")
    if rejects is None and "rejects" in views:
        faults.append("the view rejects needs the header `-- rejects: dataset`, in whose quarantine its rows go")


def mentioned_tables(code, faults):
    tables = []
    for statement in code:
        for zone, table in re.findall(r"\$\{(\w*)\}(?:\.(\w+))?", statement, re.ASCII):
            if zone not in ZONES:
                faults.append(f"there is no zone ${{{zone}}} (there are ${{landing}}, ${{clean}} and ${{curated}})")
            elif not table:
                faults.append(f"${{{zone}}} must be followed by a table: ${{{zone}}}.table")
            else:
                tables.append(ZoneTable(zone, table.lower()))
    return list(dict.fromkeys(tables))


def bind(statement, databases):
    """A statement with the databases in the zones' places."""
    return re.sub(r"\$\{(\w*)\}", lambda zone: databases.get(zone[1], zone[0]), statement)


def reads(file, view):
    """Whether the statements read one of the views that the runner supplies."""
    return any(re.search(rf"(?<![\w.]){view}\b", code_of(statement), re.IGNORECASE) for statement in file.views + [file.select])


def label(file):
    """How messages name a file: deployed files have a hash for a name, so the target says which one it is."""
    return f"{shown(file.target)} ({file.name})"


def shown(table):
    return f"${{{table.zone}}}.{table.name}"


def same_targets(files):
    counts = Counter(file.target for file in files)
    return [
        f"{' and '.join(file.name for file in files if file.target == target)} have the same target {shown(target)}"
        for target, count in counts.items() if count > 1
    ]


# ---------------------------------------------------------------------------------------------------------------- results


def adds_snapshot(keys, result):
    """Whether the runner adds the one partition of a table without a natural one."""
    return keys == [SNAPSHOT] and SNAPSHOT not in [name.lower() for name in result]


def column_faults(table, columns, keys, result):
    """What a result lacks and has too many of, beside the table that it is written to."""
    wanted = columns + ([] if adds_snapshot(keys, result) else keys)
    names = [name.lower() for name in result]
    missing = [name for name in wanted if name not in names]
    extra = list(dict.fromkeys(name for name in result if name.lower() not in wanted))
    twice = [name for name, count in Counter(names).items() if count > 1]

    def some(found):
        return f"column{'s' if len(found) > 1 else ''} {', '.join(found)}"

    faults = []
    if missing:
        faults.append(f"the result lacks the {some(missing)} of {table}")
    if extra:
        faults.append(f"the result has the {some(extra)}, which {table} lacks")
    if twice:
        faults.append(f"the result has the {some(twice)} twice")
    return faults


def partition_changes(before, written, replaces_table):
    """Which partitions to create, update and delete; partitions are tuples of their values."""
    before, written = list(before), list(written)
    return Changes(
        [values for values in written if values not in before],
        [values for values in written if values in before],
        [values for values in before if values not in written] if replaces_table else [])


def partition_values(path):
    """The values of `a=1/b=2/`; Spark escapes what paths may not hold."""
    return tuple(unquote(part.partition("=")[2]) for part in path.strip("/").split("/"))


def chunks(items, size):
    items = list(items)
    return [items[at:at + size] for at in range(0, len(items), size)]


def removable(objects, root, referenced, before):
    """The keys of earlier runs' files that no partition refers to, and that none did when a query still running began.

    A folder is replaced when the next one of the same partition is written. Where there is none, a later run left the partition
    out; where there is no later run, a run was killed before it registered the folder.
    """
    folders = {}
    for stored in objects:
        folders.setdefault(stored.key.rpartition("/")[0], []).append(stored)
    written = {path: max(stored.modified for stored in members) for path, members in folders.items()}

    def partition(path):
        return path[len(root):].partition("/")[2]

    def replaced(path):
        later = [other for other in folders if written[other] > written[path]]
        same = [written[other] for other in later if partition(other) == partition(path)]
        return min(same or [written[other] for other in later] or [written[path]])

    kept = {location.rstrip("/") for location in referenced}
    return [
        stored.key for path, members in folders.items() if path not in kept and replaced(path) < before for stored in members
    ]


# ---------------------------------------------------------------------------------------------------------------- quarantine


def quarantine_key(prefix, dataset, source, written):
    """One object per source file, whose name follows from the source file alone.

    `written` is when the source file was; its day counts where the path has none.
    """
    day = re.search(r"(?<!\d)((?:19|20)\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)", source, re.ASCII)
    date = "-".join(day.groups()) if day else written.strftime("%Y-%m-%d")
    name = hashlib.sha256(source.encode()).hexdigest()[:32]
    return f"{folder(prefix)}{dataset}/clean-rejected/arrival_date={date}/{name}.json"


def quarantine_line(reason, record, source):
    """A line in the quarantine tables' columns. A reason such as `InvalidValue: …` begins with its kind."""
    kind = re.match(r"([A-Z]\w*):\s*", reason, re.ASCII)
    return json.dumps({
        "errorcode": f"Clean.{kind[1] if kind else 'Rejected'}",
        "errormessage": f"{reason[kind.end():] if kind else reason} (in {source})",
        "rawdata": base64.b64encode(record.encode()).decode(),
    }, ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------------------------------------------------------- sources


def source_format(table):
    """How Spark reads a table's files by path: the format, its options, and each column with its name and type in the files."""
    storage = table["StorageDescriptor"]
    serde = storage["SerdeInfo"]
    library, parameters = serde["SerializationLibrary"], serde.get("Parameters") or {}
    columns = [(column["Name"].lower(), column["Type"]) for column in storage["Columns"]]
    if "Parquet" in library:
        return "parquet", {}, [(name, name, type) for name, type in columns]
    if library.endswith("JsonSerDe"):
        # A crawler notes the keys as they are written; OpenX maps those that have other names than their columns.
        written = {path.lower(): path for path in (parameters.get("paths") or "").split(",")}
        keys = [parameters.get(f"mapping.{name}") or written.get(name, name) for name, _ in columns]
        mode = "DROPMALFORMED" if parameters.get("ignore.malformed.json", "").lower() == "true" else "FAILFAST"
        return "json", {"mode": mode}, [(name, key, type) for (name, type), key in zip(columns, keys)]
    skip = (table.get("Parameters") or {}).get("skip.header.line.count") or parameters.get("skip.header.line.count") or "0"
    if skip not in ("0", "1"):
        raise RunFailed(f"{table['DatabaseName']}.{table['Name']} skips {skip} lines of a file, and Spark skips one header at most")
    header = {"header": "true" if skip == "1" else "false", "enforceSchema": "true", "mode": "PERMISSIVE"}
    if library.endswith("OpenCSVSerde"):
        options = {"sep": parameters.get("separatorChar", ","), "quote": parameters.get("quoteChar", '"'),
                   "escape": parameters.get("escapeChar", "\\"), **header}
        # All of this SerDe's values are texts.
        return "csv", options, [(name, name, "string") for name, _ in columns]
    if library.endswith("LazySimpleSerDe"):
        separator = parameters.get("field.delim") or parameters.get("serialization.format") or "\u0001"
        options = {"sep": "\u0001" if separator == "1" else separator, "quote": "",
                   "nullValue": parameters.get("serialization.null.format", "\\N"), **header}
        return "csv", options, [(name, name, type) for name, type in columns]
    raise RunFailed(f"the SerDe {library} of {table['DatabaseName']}.{table['Name']} is none that can be read by path")


def failed_rules(ruleset, results):
    """The rules that don't hold, in words."""
    return [
        f"ruleset {ruleset}: {rule['Name']} ({rule.get('Description', '')}) is {rule['Result']}: {rule.get('EvaluationMessage', '')}"
        for result in results for rule in result["RuleResults"] if rule["Result"] != "PASS"
    ]


def first_line(error):
    """A message without the plans and stacks that Spark appends."""
    text = str(getattr(error, "desc", None) or error).strip()
    return text.split("\n")[0] if text else type(error).__name__


# ---------------------------------------------------------------------------------------------------------------- Spark


class Runner:
    """A run of the job."""

    def __init__(self, glue_context, arguments, run_id, job_name):
        import boto3
        self.context = glue_context
        self.arguments = arguments
        self.run_id = run_id
        self.job_name = job_name
        self.glue = boto3.client("glue")
        self.s3 = boto3.client("s3")

    def run(self):
        files = self.read_files()
        failures, failed = [], set()
        for file in files:
            broken = next((table for table in file.tables + [file.increment or file.target] if table in failed), None)
            if broken:
                failures.append(f"{label(file)}: skipped, since it reads {shown(broken)}, whose own SQL failed")
                failed.add(file.target)
                continue
            try:
                self.run_file(file)
            except Exception as error:  # one file's failure is told with those of the others, at the end
                traceback.print_exc()
                failures.append(f"{label(file)}: {first_line(error)}")
                failed.add(file.target)
        for ruleset in [] if failures else self.arguments.rulesets:
            failures += self.evaluate(ruleset)
        if failures:
            raise RunFailed("\n".join(failures))

    def read_files(self):
        files, faults = [], []
        for uri in self.arguments.sql:
            bucket, key = s3_location(uri)
            text = self.s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
            file, found = parse_sql_file(key.rpartition("/")[2], text)
            faults += found
            files += [file] if file else []
        faults += same_targets(files)
        if faults:
            raise RunFailed("\n".join(faults))
        return files

    def run_file(self, file):
        if file.skips_absent and self.is_absent(file.increment):
            print(f"{label(file)}: skipped, since {shown(file.increment)} does not exist yet")
            return
        session = self.new_session()
        tables = self.find_tables(file)
        target = tables[file.target]
        rebuild = self.arguments.rebuild
        if reads(file, "existing"):
            existing = session.table(f"{target['DatabaseName']}.{target['Name']}")
            (existing.limit(0) if rebuild else existing).createTempView("existing")
        sources = []
        if file.increment:
            rows, sources = self.increment(session, file, tables[file.increment])
            rows.createTempView("increment")
        for view in file.views:
            session.sql(bind(view, self.arguments.databases))
        bucket, root = self.location(target)
        partitions = self.write(session, file, target, f"s3://{bucket}/{root}run={self.run_id}/")
        if partitions or not file.writes_partitions:
            self.publish(target, partitions, not file.writes_partitions or (rebuild and file.increment is not None))
            session.catalog.refreshTable(f"{target['DatabaseName']}.{target['Name']}")
        if file.rejects:
            self.quarantine(session, file.rejects, sources)
        print(f"{label(file)}: wrote {len(partitions)} partitions")

    def new_session(self):
        """Views of one file are not seen by another. Spark is told to fail where DuckDB does, instead of writing nulls."""
        session = self.context.spark_session.newSession()
        for name, value in {
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
            "spark.sql.parquet.compression.codec": "snappy",
        }.items():
            session.conf.set(name, value)
        session.sparkContext._jsc.hadoopConfiguration().set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        return session

    def is_absent(self, table):
        """Whether the catalog lacks a table that a crawler makes of the first files."""
        database = self.arguments.databases.get(table.zone)
        try:
            return database is not None and not self.glue.get_table(DatabaseName=database, Name=table.name)
        except self.glue.exceptions.EntityNotFoundException:
            return True

    def find_tables(self, file):
        tables, faults = {}, []
        for table in dict.fromkeys(file.tables + [file.target] + ([file.increment] if file.increment else [])):
            database = self.arguments.databases.get(table.zone)
            if not database:
                faults.append(f"{shown(table)} needs the argument --{table.zone}")
                continue
            try:
                tables[table] = self.glue.get_table(DatabaseName=database, Name=table.name)["Table"]
            except self.glue.exceptions.EntityNotFoundException:
                faults.append(f"the table {database}.{table.name} does not exist")
        target = tables.get(file.target)
        if target is not None and not target.get("PartitionKeys"):
            faults.append(f"{target['DatabaseName']}.{target['Name']} has no partition key, by which its content could be replaced: "
                          f"give it one, such as {SNAPSHOT}")
        if file.rejects and not self.arguments.quarantine:
            faults.append("the header rejects needs the argument --quarantine")
        if not file.increment and reads(file, "increment"):
            faults.append("the view increment needs the header `-- increment: ${zone}.table`")
        if faults:
            raise RunFailed("; ".join(faults))
        return tables

    def increment(self, session, file, table):
        """The rows of the files that the bookmark doesn't know yet, and those files.

        Glue's own reader knows the bookmark but not the table's schema, so it only tells which files are new.
        """
        from pyspark.sql import functions as F
        format, options, columns = source_format(table)
        bucket, prefix = self.location(table)
        if self.arguments.rebuild or self.arguments.bookmark == "job-bookmark-disable":
            paths = [f"s3://{bucket}/{stored.key}" for stored in self.list(bucket, prefix)]
        else:
            frame = self.context.create_dynamic_frame.from_options(
                "s3", {"paths": [f"s3://{bucket}/{prefix}"], "recurse": True, "groupFiles": "none"}, format=format,
                format_options={"withHeader": False, "separator": options["sep"]} if format == "csv" else {},
                transformation_ctx=f"{file.target.zone}_{file.target.name}_{file.increment.name}")
            paths = [row[0] for row in frame.toDF().select(F.input_file_name()).distinct().collect()]
            if "" in paths:
                raise RunFailed("Glue did not tell which files are new (input_file_name is empty)")
        odd = [path for path in paths if "%" in path]
        if odd:
            raise RunFailed(f"{odd[0]}: names of objects that need escaping are not read")
        ddl = ", ".join(f"`{key}` {type}" for _, key, type in columns)
        if not paths:
            rows = session.createDataFrame([], ddl)
            return rows.toDF(*[name for name, _, _ in columns]).withColumn("_file", F.lit("")), []
        rows = session.read.format(format).options(**options).schema(ddl).load(sorted(paths))
        selected = [F.col(f"`{key}`").alias(name) for name, key, _ in columns]
        if format == "csv" and "nullValue" not in options:
            selected = [F.coalesce(F.col(f"`{key}`"), F.lit("")).alias(name) for name, key, _ in columns]
        return rows.select(*selected, F.input_file_name().alias("_file")), sorted(paths)

    def write(self, session, file, target, location):
        """Writes the result under the run's own folder, and returns its partitions with their folders."""
        from pyspark.sql import functions as F
        columns = [(column["Name"].lower(), column["Type"]) for column in target["StorageDescriptor"]["Columns"]]
        keys = [(key["Name"].lower(), key["Type"]) for key in target["PartitionKeys"]]
        result = session.sql(bind(file.select, self.arguments.databases))
        key_names = [name for name, _ in keys]
        faults = column_faults(f"{target['DatabaseName']}.{target['Name']}", [name for name, _ in columns], key_names, result.columns)
        if faults:
            raise RunFailed("; ".join(faults))
        added = adds_snapshot(key_names, result.columns)
        wanted = columns if added else columns + keys
        selected = result.select(*[F.col(f"`{name}`").cast(type).alias(name) for name, type in wanted])
        if added:
            # Without Spark's own partitioning an empty result has its file, too.
            path = f"{location}{SNAPSHOT}={CURRENT}/"
            selected.write.parquet(path)
            return {(CURRENT,): path}
        selected.write.partitionBy(*key_names).parquet(location)
        bucket, prefix = s3_location(location)
        paths = {stored.key[len(prefix):].rpartition("/")[0] + "/" for stored in self.list(bucket, prefix)}
        return {partition_values(path): location + path for path in sorted(paths)}

    def publish(self, target, partitions, replaces_table):
        database, name = target["DatabaseName"], target["Name"]
        before = self.partitions(database, name)
        changes = partition_changes(before, partitions, replaces_table)

        def entry(values):
            return {"Values": list(values), "StorageDescriptor": {**target["StorageDescriptor"], "Location": partitions[values]}}

        names = {"DatabaseName": database, "TableName": name}
        for batch in chunks(changes.create, 100):
            self.demand(self.glue.batch_create_partition(PartitionInputList=[entry(values) for values in batch], **names), target)
        for batch in chunks(changes.update, 100):
            entries = [{"PartitionValueList": list(values), "PartitionInput": entry(values)} for values in batch]
            self.demand(self.glue.batch_update_partition(Entries=entries, **names), target)
        for batch in chunks(changes.delete, 25):
            deleted = [{"Values": list(values)} for values in batch]
            self.demand(self.glue.batch_delete_partition(PartitionsToDelete=deleted, **names), target)
        bucket, root = self.location(target)
        now = datetime.datetime.now(datetime.timezone.utc)
        locations = [s3_location(location)[1] for location in list(before.values()) + list(partitions.values())]
        old = removable(self.list(bucket, root + "run="), root, locations, now - datetime.timedelta(hours=self.arguments.retain_hours))
        self.delete(bucket, old)

    def partitions(self, database, name):
        pages = self.glue.get_paginator("get_partitions").paginate(DatabaseName=database, TableName=name, ExcludeColumnSchema=True)
        return {tuple(one["Values"]): one["StorageDescriptor"]["Location"] for page in pages for one in page["Partitions"]}

    @staticmethod
    def demand(answer, target):
        errors = sorted({f"{error['ErrorDetail']['ErrorMessage']} ({error['ErrorDetail']['ErrorCode']})" for error in answer.get("Errors", [])})
        if errors:
            raise RunFailed(f"partitions of {target['DatabaseName']}.{target['Name']} could not be registered: {'; '.join(errors)}")

    def quarantine(self, session, dataset, sources):
        bucket, prefix = s3_location(self.arguments.quarantine)
        keys = {source: quarantine_key(prefix, dataset, source, self.modified(source)) for source in sources}
        rejects = session.sql(
            "SELECT CAST(source_file AS string) AS source_file, CAST(reason AS string) AS reason, CAST(record AS string) AS record FROM rejects")
        found = {row[0] for row in rejects.select("source_file").distinct().collect()}
        strange = sorted(str(source) for source in found - set(sources))
        if strange:
            raise RunFailed(f"the view rejects has the source_file {strange[0]}, which is none of the increment's files")

        def put(rows):
            import boto3
            client, lines = boto3.client("s3"), {}
            for row in rows:
                lines.setdefault(row[0], []).append(quarantine_line(row[1] or "", row[2] or "", row[0]))
            for source, members in lines.items():
                client.put_object(Bucket=bucket, Key=keys[source], Body=("\n".join(members) + "\n").encode(), ContentType="application/json")

        rejects.repartition("source_file").sortWithinPartitions("source_file", "reason", "record").foreachPartition(put)
        written = {keys[source] for source in found}
        present = {stored.key for stored in self.list(bucket, f"{folder(prefix)}{dataset}/clean-rejected/")}
        self.delete(bucket, sorted((set(keys.values()) & present) - written))

    def modified(self, uri):
        bucket, key = s3_location(uri)
        return self.s3.head_object(Bucket=bucket, Key=key)["LastModified"]

    def evaluate(self, ruleset):
        """The rules of a ruleset that don't hold on its table."""
        definition = self.glue.get_data_quality_ruleset(Name=ruleset)
        table = definition["TargetTable"]
        # What is measured of no rows is no number, which breaks every rule but one that counts them.
        rows = self.context.spark_session.table(f"{table['DatabaseName']}.{table['TableName']}")
        if "RowCount" not in definition["Ruleset"] and rows.limit(1).count() == 0:
            print(f"ruleset {ruleset}: {table['DatabaseName']}.{table['TableName']} has no rows, which break no rule")
            return []
        role = self.glue.get_job(JobName=self.job_name)["Job"]["Role"]
        run = self.glue.start_data_quality_ruleset_evaluation_run(
            DataSource={"GlueTable": {"DatabaseName": table["DatabaseName"], "TableName": table["TableName"]}},
            Role=role, RulesetNames=[ruleset])["RunId"]
        while True:
            state = self.glue.get_data_quality_ruleset_evaluation_run(RunId=run)
            if state["Status"] in ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT"):
                break
            time.sleep(10)
        if state["Status"] != "SUCCEEDED":
            return [f"ruleset {ruleset}: the evaluation {run} is {state['Status']}: {state.get('ErrorString', '')}"]
        return failed_rules(ruleset, [self.glue.get_data_quality_result(ResultId=id) for id in state["ResultIds"]])

    @staticmethod
    def location(table):
        bucket, prefix = s3_location(table["StorageDescriptor"]["Location"])
        return bucket, folder(prefix)

    def list(self, bucket, prefix):
        """The objects under a prefix that hold something; hidden ones and empty folders do not."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [
            Stored(found["Key"], found["LastModified"]) for page in pages for found in page.get("Contents", [])
            if found["Size"] > 0 and not any(part[:1] in ("_", ".") for part in found["Key"][len(prefix):].split("/"))
        ]

    def delete(self, bucket, keys):
        for batch in chunks(keys, 1000):
            answer = self.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True})
            if answer.get("Errors"):
                error = answer["Errors"][0]
                raise RunFailed(f"s3://{bucket}/{error['Key']} could not be deleted: {error['Message']}")


def main(argv):
    from awsglue.context import GlueContext
    from awsglue.job import Job
    from pyspark.context import SparkContext
    given = read_arguments(argv)
    arguments, faults = parse_arguments(given)
    if faults:
        raise RunFailed("\n".join(faults))
    context = GlueContext(SparkContext.getOrCreate())
    job = Job(context)
    job.init(given["JOB_NAME"], given)
    Runner(context, arguments, given["JOB_RUN_ID"], given["JOB_NAME"]).run()
    # The bookmark moves on only here, after everything has succeeded.
    job.commit()


if __name__ == "__main__":
    main(sys.argv)
