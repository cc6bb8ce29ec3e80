"""What run_sql.py does without Spark. The cases in cases.json hold for the local cloud's runner as well."""

import datetime
import importlib.util
import json
import pathlib
import unittest

HERE = pathlib.Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))


def load():
    spec = importlib.util.spec_from_file_location("run_sql", HERE.parent.parent / "src" / "jobs" / "spark" / "run_sql.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run_sql = load()


class SharedCases(unittest.TestCase):
    maxDiff = None

    def test_sql_files(self):
        for case in CASES["files"]:
            file, faults = run_sql.parse_sql_file("f.sql", case["text"])
            self.assertEqual(faults, case.get("faults", []), case["case"])
            if not faults:
                show = lambda table: run_sql.shown(table) if table else None
                self.assertEqual(
                    (show(file.target), file.writes_partitions, show(file.increment), file.rejects, file.views, file.select),
                    tuple(case[name] for name in ("target", "partitions", "increment", "rejects", "views", "select")), case["case"])
                self.assertEqual(file.skips_absent, case.get("skipsAbsent", False), case["case"])
                self.assertEqual([show(table) for table in file.tables], case["tables"], case["case"])

    def test_arguments(self):
        for case in CASES["arguments"]:
            arguments, faults = run_sql.parse_arguments(case["given"])
            self.assertEqual(faults, case.get("faults", []), case["case"])
            if not faults:
                self.assertEqual(
                    tuple(arguments),
                    tuple(case[name] for name in ("sql", "databases", "quarantine", "rebuild", "retainHours", "rulesets", "bookmark")), case["case"])

    def test_columns(self):
        for case in CASES["columns"]:
            self.assertEqual(run_sql.column_faults("clean.t", case["columns"], case["keys"], case["result"]), case["faults"], case["case"])

    def test_quarantine_keys(self):
        for case in CASES["quarantine"]:
            written = datetime.datetime.fromisoformat(case["written"].replace("Z", "+00:00"))
            self.assertEqual(run_sql.quarantine_key("quarantine/", case["dataset"], case["source"], written), case["key"], case["case"])

    def test_quarantine_lines(self):
        for case in CASES["lines"]:
            self.assertEqual(run_sql.quarantine_line(case["reason"], case["record"], case["source"]), case["line"], case["case"])

    def test_retention(self):
        for case in CASES["retention"]:
            objects = [run_sql.Stored(f"t/{key}", modified) for key, modified in case["objects"].items()]
            removed = run_sql.removable(objects, "t/", [f"t/{location}" for location in case["referenced"]], case["before"])
            self.assertEqual(sorted(removed), sorted(f"t/{key}" for key in case["removed"]), case["case"])


class OwnCases(unittest.TestCase):
    def test_arguments_as_glue_hands_them_on(self):
        given = run_sql.read_arguments(["run_sql.py", "--sql", "s3://a/b", "--enable-metrics", "--clean=c", "--JOB_NAME", "j"])
        self.assertEqual(given, {"sql": "s3://a/b", "enable-metrics": "", "clean": "c", "JOB_NAME": "j"})
        with self.assertRaisesRegex(run_sql.RunFailed, "^x is no argument"):
            run_sql.read_arguments(["run_sql.py", "x"])

    def test_binding_of_zones(self):
        self.assertEqual(run_sql.bind("SELECT * FROM ${clean}.a, ${curated}.b", {"clean": "c"}), "SELECT * FROM c.a, ${curated}.b")

    def test_views_that_are_read(self):
        file, _ = run_sql.parse_sql_file("f.sql", "-- target: ${clean}.a\nSELECT existing_rows, 'increment' FROM x -- increment\nJOIN Existing")
        self.assertTrue(run_sql.reads(file, "existing"))
        self.assertFalse(run_sql.reads(file, "increment"))

    def test_files_with_one_target(self):
        files = [run_sql.parse_sql_file(name, "-- target: ${clean}.a\nSELECT 1")[0] for name in ("a.sql", "b.sql")]
        self.assertEqual(run_sql.same_targets(files), ["a.sql and b.sql have the same target ${clean}.a"])

    def test_partition_changes(self):
        before, written = {("1",): "x", ("2",): "x"}, {("2",): "y", ("3",): "y"}
        self.assertEqual(run_sql.partition_changes(before, written, True), ([("3",)], [("2",)], [("1",)]))
        self.assertEqual(run_sql.partition_changes(before, written, False), ([("3",)], [("2",)], []))

    def test_partition_values_that_spark_escapes(self):
        self.assertEqual(run_sql.partition_values("month=2026-11/name=a%2Fb%3D/"), ("2026-11", "a/b="))

    def test_chunks(self):
        self.assertEqual([len(batch) for batch in run_sql.chunks(range(250), 100)], [100, 100, 50])

    def test_reading_by_path(self):
        def table(library, parameters=None, own=None):
            return {"DatabaseName": "d", "Name": "t", "Parameters": own or {}, "StorageDescriptor": {
                "Columns": [{"Name": "Film_Id", "Type": "int"}, {"Name": "name", "Type": "string"}],
                "SerdeInfo": {"SerializationLibrary": library, "Parameters": parameters or {}}}}

        plain = [("film_id", "film_id", "int"), ("name", "name", "string")]
        self.assertEqual(run_sql.source_format(table("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")), ("parquet", {}, plain))
        json_format = run_sql.source_format(table("org.openx.data.jsonserde.JsonSerDe", {"mapping.film_id": "filmId", "paths": "filmid,Name"}))
        self.assertEqual(json_format, ("json", {"mode": "FAILFAST"}, [("film_id", "filmId", "int"), ("name", "Name", "string")]))
        format, options, columns = run_sql.source_format(table("org.apache.hadoop.hive.serde2.OpenCSVSerde", {"escapeChar": '"'}))
        self.assertEqual((format, options["sep"], options["quote"], options["escape"], options["header"]), ("csv", ",", '"', '"', "false"))
        self.assertEqual(columns, [("film_id", "film_id", "string"), ("name", "name", "string")])
        format, options, _ = run_sql.source_format(
            table("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", {"field.delim": ","}, {"skip.header.line.count": "1"}))
        self.assertEqual((format, options["sep"], options["nullValue"], options["header"]), ("csv", ",", "\\N", "true"))
        with self.assertRaisesRegex(run_sql.RunFailed, "the SerDe x of d.t is none"):
            run_sql.source_format(table("x"))

    def test_rules_that_fail(self):
        results = [{"RuleResults": [
            {"Name": "Rule_1", "Result": "PASS"},
            {"Name": "Rule_2", "Description": "IsComplete \"id\"", "Result": "FAIL", "EvaluationMessage": "Value: 0.5"}]}]
        self.assertEqual(run_sql.failed_rules("r", results), ['ruleset r: Rule_2 (IsComplete "id") is FAIL: Value: 0.5'])

    def test_first_line_of_an_error(self):
        self.assertEqual(run_sql.first_line(ValueError("what\nplan")), "what")
        self.assertEqual(run_sql.first_line(ValueError()), "ValueError")


if __name__ == "__main__":
    unittest.main()
